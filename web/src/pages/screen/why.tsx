/* Why something is a hit: the evidence as bars, the sentences of the service in the reader's language, and what was
 * typed and what is listed side by side. */
import { api } from "../../api/client"
import { useLoad } from "../../api/load"
import type { Hit, Query, Record as Listed } from "../../api/shapes"
import { SideBySide } from "../../parts/facts"
import type { Properties } from "../../parts/facts"
import { EvidenceBars } from "../../parts/score"
import { ProblemNote } from "../../parts/state"
import { language, t } from "../../text/messages"

const SHOWN = [
  "name",
  "alias",
  "weakAlias",
  "birthDate",
  "nationality",
  "country",
  "birthPlace",
  "gender",
  "passportNumber",
]

/* A query's values as lists of texts. */
function typedProperties(query: Query): Properties {
  const texts = Object.entries(query.properties).map(([key, value]) => [
    key,
    (Array.isArray(value) ? value : [value]).map(String),
  ])
  return Object.fromEntries(texts) as Properties
}

/* Of the record what the query has, too, and what people look at first. */
function listedProperties(listed: Listed, query: Query): Properties {
  const shown = new Set([...SHOWN, ...Object.keys(query.properties)])
  return Object.fromEntries(Object.entries(listed.properties).filter(([key]) => shown.has(key)))
}

/* Names are compared word by word above; of the other facts, whether what met agrees. */
function agreement(hit: Hit) {
  return (property: string): "same" | "different" | undefined => {
    const met = hit.evidence.filter(
      (each) => each.property === property && !["name", "alias", "weakAlias"].includes(property),
    )
    if (!met.length) return undefined
    const bits = met.reduce((sum, each) => sum + each.bits, 0)
    return bits > 0 ? "same" : bits < 0 ? "different" : undefined
  }
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
        <SideBySide
          left={typedProperties(query)}
          right={listedProperties(listed, query)}
          leftTitle={t("screen.asked")}
          rightTitle={t("screen.listed")}
          agree={agreement(hit)}
        />
      )}
    </div>
  )
}
