/* What this browser keeps of a person's taste: nothing else of what is done here is kept in it. */
import { effect, signal } from "@preact/signals"

export const themes = ["system", "light", "dark"] as const
export type Theme = (typeof themes)[number]

const kept = (name: string): string | null => localStorage.getItem(`mizan.${name}`)
const keep = (name: string, value: string): void => localStorage.setItem(`mizan.${name}`, value)

export const theme = signal<Theme>(themes.find((each) => each === kept("theme")) ?? "system")
export const chooseTheme = (chosen: Theme): void => {
  keep("theme", chosen)
  theme.value = chosen
}

/* Single keys do something only where they are wanted: whoever dictates, or has them pressed by accident, turns them off. */
export const shortcutsOn = signal(kept("shortcuts") !== "off")
export const chooseShortcuts = (on: boolean): void => {
  keep("shortcuts", on ? "on" : "off")
  shortcutsOn.value = on
}

export function startTheme(): void {
  const dark = matchMedia("(prefers-color-scheme: dark)")
  const systemDark = signal(dark.matches)
  dark.addEventListener("change", () => (systemDark.value = dark.matches))
  effect(() => {
    const isDark = theme.value === "dark" || (theme.value === "system" && systemDark.value)
    document.documentElement.dataset.theme = isDark ? "dark" : "light"
  })
}
