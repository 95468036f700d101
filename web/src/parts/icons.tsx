/* Drawn for Mizan, 24 units wide, a line of 1.7. What points along the line of reading is mirrored from right to left. */
const paths = {
  balance: "M12 4v16M8 20h8M5 7.5h14M5 7.5 2.5 13a2.7 2.7 0 0 0 5 0zM19 7.5 16.500 13a2.700 2.700 0 0 0 5 0z",
  screen: "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.300 15.300 20 20",
  queue: "M4 6h16M4 12h16M4 18h10",
  subjects:
    "M9 4.500a3.300 3.300 0 1 0 0 6.600 3.300 3.300 0 0 0 0-6.600zM3 19.500c.4-3.600 2.700-5.600 6-5.600s5.600 2 6 5.600M16 5a3 3 0 0 1 0 5.800M18 14.300c1.700.8 2.700 2.500 3 5.200",
  lists: "M6 3.500h9l3.500 3.500v13.500H6zM14.500 3.500V7.500h4M9 12h6.500M9 15.500h6.500",
  audit: "M12 3.500 5 6v5.500c0 4.200 2.800 7.200 7 9 4.200-1.800 7-4.800 7-9V6zM9 12l2.200 2.200L15.200 10",
  chart: "M4 4v16h16M7.500 15.500l3.500-5 3 2.500 4.500-6.500",
  settings: "M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4M4 12h13M19 12h1M18 10v4",
  clearances: "M20 11.500V20H4V4h10M8.500 11l3 3L20.500 5",
  person: "M12 4a3.700 3.700 0 1 0 0 7.400A3.700 3.700 0 0 0 12 4zM5 20c.5-4 3.200-6.200 7-6.200s6.500 2.200 7 6.200",
  menu: "M4 6.500h16M4 12h16M4 17.500h16",
  close: "M6 6l12 12M18 6 6 18",
  check: "M5 12.500l4.500 4.500L19 7.500",
  warning: "M12 4 3 19.500h18zM12 10v4.500M12 17v.2",
  info: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 11v5.500M12 7.700v.2",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M18.700 5.300l-1.400 1.400M6.700 17.300l-1.400 1.400",
  moon: "M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10z",
  half: "M12 3.500a8.500 8.500 0 1 0 0 17zM12 3.500a8.500 8.500 0 0 1 0 17",
  globe:
    "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM3.500 12h17M12 3.500c3 2.500 3.700 5.500 3.700 8.500s-.7 6-3.700 8.500c-3-2.500-3.700-5.500-3.700-8.500s.7-6 3.700-8.500z",
  down: "M7 10l5 5 5-5",
  forward: "M9 6l6 6-6 6",
  back: "M15 6l-6 6 6 6",
  download: "M12 4v11M7.500 10.500 12 15l4.500-4.500M5 19.500h14",
  refresh: "M19 8.500A7.500 7.500 0 1 0 19.500 13M19.500 4v4.800h-4.800",
  keyboard: "M3.500 6.500h17v11h-17zM7 10h.1M10.300 10h.1M13.700 10h.1M17 10h.1M8 14h8",
  plus: "M12 5v14M5 12h14",
  link: "M10 14a4 4 0 0 0 6 .3l2.500-2.500a4 4 0 0 0-5.700-5.700L11.500 7.500M14 10a4 4 0 0 0-6-.3l-2.500 2.500a4 4 0 0 0 5.700 5.700l1.300-1.300",
} as const

export type IconName = keyof typeof paths

/* A picture beside words; it says nothing to whoever has it read out. */
export function Icon({ name }: { name: IconName }) {
  const turns = name === "forward" || name === "back"
  return (
    <svg class={turns ? "icon turns" : "icon"} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}
