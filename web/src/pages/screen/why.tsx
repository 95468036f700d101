/* Why something is a hit: the evidence as bars, the sentences of the service in the reader's language, and what was
 * typed and what is listed side by side. */
import { api } from "../../api/client"
import { useLoad } from "../../api/load"
import type { Hit, Query, Record as Listed } from "../../api/shapes"
import type { Properties } from "../../parts/facts"
import { EvidenceBars } from "../../parts/score"
import { ProblemNote } from "../../parts/state"
import { language, t } from "../../text/messages"
import { Comparison } from "../../work/compare"

/* A query's values as lists of texts. */
function typedProperties(query: Query): Properties {
  const texts = Object.entries(query.properties).map(([key, value]) => [
    key,
    (Array.isArray(value) ? value : [value]).map(String),
  ])
  return Object.fromEntries(texts) as Properties
}

export function Why({ hit, query, listed }: { hit: Hit; query: Query; listed: Listed | undefined }) {
  const { filter: _, ...plain } = query
  const loaded = useLoad(
    (stop) =>
      api("POST /explain", {
        query: { language: language.value },
        body: { query: plain as Query, entity: hit.entity },
        signal: stop,
      }),
    [hit.entity, JSON.stringify(plain), language.value],
  )
  const told = loaded.value
  return (
    <div class="why">
      <EvidenceBars
        label={t("screen.evidence")}
        parts={told?.evidence ?? hit.evidence}
        score={told?.score ?? hit.score}
      />
      <ProblemNote problem={loaded.problem} retry={loaded.reload} />
      {told?.says && (
        <ul class="says">
          {told.says.map((each, at) => (
            <li key={at} dir="auto">
              {each}
            </li>
          ))}
        </ul>
      )}
      {listed && (
        <Comparison
          own={typedProperties(query)}
          record={listed}
          hit={hit}
          leftTitle={t("screen.asked")}
          rightTitle={t("screen.listed")}
        />
      )}
    </div>
  )
}
