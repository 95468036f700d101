/* Where "back to the queue" leads: to the filters that it had. */
import { signal } from "@preact/signals"

import { to } from "../shell/router"

export const lastQueue = signal(to("queue"))
