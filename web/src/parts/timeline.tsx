/* What happened, in its order. */
import type { ComponentChildren } from "preact"

import { Time } from "./basic"
import type { Tone } from "./basic"
import { Icon } from "./icons"
import type { IconName } from "./icons"

export type Happening = {
  key: string
  at: string | null
  icon: IconName
  tone?: Tone
  title: ComponentChildren
  body?: ComponentChildren
  as?: "day" | "moment" | "ago"
}

export function Timeline({ label, items }: { label: string; items: readonly Happening[] }) {
  return (
    <ol class="timeline" aria-label={label}>
      {items.map((each) => (
        <li key={each.key} class={each.tone ?? "plain"}>
          <span class="dot">
            <Icon name={each.icon} />
          </span>
          <div>
            <p class="happening">
              <span class="strong">{each.title}</span>{" "}
              <span class="dim">
                <Time at={each.at} as={each.as ?? "moment"} />
              </span>
            </p>
            {each.body}
          </div>
        </li>
      ))}
    </ol>
  )
}
