/* The beginning: language and person are asked for, then the frame is drawn. */
import { render } from "preact"

import { asProblem } from "./api/load"
import { ProblemNote } from "./parts/state"
import { Frame } from "./shell/frame"
import { startTheme } from "./shell/preferences"
import { startRouter } from "./shell/router"
import { learnWho, startLanguage } from "./shell/session"
import { startShortcuts } from "./shell/shortcuts"

startTheme()
startRouter()
startShortcuts()
try {
  await Promise.all([startLanguage(), learnWho()])
  render(<Frame />, document.body)
} catch (error) {
  render(
    <main class="page">
      <ProblemNote problem={asProblem(error)} retry={() => location.reload()} />
    </main>,
    document.body,
  )
}
