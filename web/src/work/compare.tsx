/* A subject and a listed entity side by side, property by property, with what speaks for and against marked. */
import type { Evidence, Hit, Record as ListedRecord } from "../api/shapes"
import { Facts, NUMBER_OF, SideBySide, Value, orderedProperties, propertyTitle } from "../parts/facts"
import type { Properties } from "../parts/facts"
import { EvidenceBars } from "../parts/score"
import { country } from "../text/format"
import { t } from "../text/messages"
import type { Alert, CaseWhole, FactChange } from "./cases"

/* What stands beside a person in a list is compared too: the numbers of documents, the addresses. */
function attachedFacts(record: ListedRecord): Properties {
  const found: { [property: string]: string[] } = {}
  const add = (property: string, text: string) => (found[property] = [...(found[property] ?? []), text])
  for (const { schema, properties } of record.attached ?? []) {
    const of = (properties.country ?? []).map(country)
    const whole =
      properties.full?.[0] ??
      [properties.street, properties.city, properties.region, of].flatMap((each) => each ?? []).join(", ")
    if (schema === "Address" && whole) add("address", whole)
    for (const number of properties.number ?? [])
      add(schema === "Passport" ? "passportNumber" : "idNumber", [number, ...of].join(NUMBER_OF))
  }
  return found
}

const NOT_COMPARED = new Set([
  "topics",
  "program",
  "programId",
  "programUrl",
  "sourceUrl",
  "publisher",
  "modifiedAt",
  "createdAt",
  "addressEntity",
  "unscId",
  "recordId",
  "listingDate",
  "remarks",
  "notes",
  "provisions",
  "reason",
])

/* What the record says itself, but where something attached says the same with its country. */
function withAttached(own: readonly string[] = [], attached: readonly string[] = []): string[] {
  const bare = own.filter((text) => !attached.some((other) => other.startsWith(text + NUMBER_OF)))
  return [...new Set([...bare, ...attached])]
}

export function listedFacts(record: ListedRecord): Properties {
  const attached = attachedFacts(record)
  const names = new Set([...Object.keys(record.properties), ...Object.keys(attached)])
  return Object.fromEntries(
    [...names]
      .filter((property) => !NOT_COMPARED.has(property))
      .map((property) => [property, withAttached(record.properties[property], attached[property])]),
  )
}

const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim()

/* By the evidence where it speaks of the property, otherwise by the values themselves. What took from the score spoke
 * against, whatever it proves; what moved it nowhere is told by what it proves. */
function agreement(evidence: readonly Evidence[], left: Properties, right: Properties) {
  const sum = (property: string, of: "points" | "bits") =>
    evidence.reduce((all, part) => (part.property === property ? all + part[of] : all), 0)
  return (property: string): "same" | "different" | undefined => {
    const said = sum(property, "points") || sum(property, "bits")
    if (said) return said > 0 ? "same" : "different"
    const own = left[property],
      listed = right[property]
    if (!own?.length || !listed?.length) return undefined
    return own.some((text) => listed.some((other) => plain(other) === plain(text))) ? "same" : undefined
  }
}

/* Names are compared with all that are listed, a nationality with a country: what met stands in the row of the listed
 * one, also where the other side has nothing of that title. */
function met(own: Properties, evidence: readonly Evidence[]): Properties {
  const left = { ...own }
  for (const { property, query } of evidence)
    if (query && !own[property]?.length) left[property] = /name|alias/i.test(property) ? own.name : [query]
  return left
}

/* What was compared, side by side. */
export function Comparison({
  own,
  record,
  hit,
  leftTitle,
  rightTitle,
}: {
  own: Properties
  record: ListedRecord
  hit: Pick<Hit, "evidence" | "name"> | null
  leftTitle: string
  rightTitle: string
}) {
  const evidence = hit?.evidence ?? []
  const left = met(own, evidence),
    right = listedFacts(record)
  return (
    <SideBySide
      left={left}
      right={right}
      leftTitle={leftTitle}
      rightTitle={rightTitle}
      agree={agreement(evidence, left, right)}
      met={hit?.name}
    />
  )
}

export const subjectFacts = (subject: CaseWhole["subject"]): Properties => subject.properties as Properties

/* What the score of an alert is made of, both records, and what is no longer as it was when somebody looked last. */
export function HitWhole({ subject, alert }: { subject: CaseWhole["subject"]; alert: Alert }) {
  const own = subjectFacts(subject),
    record = alert.record as ListedRecord | null | undefined
  return (
    <>
      <ChangedSince alert={alert} />
      {alert.hit ? (
        <EvidenceBars parts={alert.hit.evidence} score={alert.score} label={t("case.evidence")} />
      ) : (
        <p class="dim">{t("case.erased")}</p>
      )}
      {record ? (
        <Comparison
          own={own}
          record={record}
          hit={alert.hit}
          leftTitle={t("case.subject")}
          rightTitle={t("case.listed")}
        />
      ) : (
        <>
          <p class="dim">{t("case.no_longer_listed")}</p>
          <Facts properties={own} />
        </>
      )}
    </>
  )
}

/* Facts that two lists of values do not share; the order of an entity's facts. */
function Difference({ title, of }: { title: string; of: readonly FactChange[] }) {
  if (!of.length) return null
  const order = orderedProperties(of.map((each) => each.property))
  const sorted = [...of].sort((a, b) => order.indexOf(a.property) - order.indexOf(b.property))
  return (
    <>
      <p class="strong small">{title}</p>
      <dl class="facts changes">
        {sorted.map(({ property, from, to }) => (
          <div key={property}>
            <dt>{propertyTitle(property)}</dt>
            {from
              .filter((each) => !to.includes(each))
              .map((text) => (
                <dd key={`-${text}`}>
                  <del>
                    <Value property={property} text={text} />
                  </del>
                </dd>
              ))}
            {to
              .filter((each) => !from.includes(each))
              .map((text) => (
                <dd key={`+${text}`}>
                  <ins>
                    <Value property={property} text={text} />
                  </ins>
                </dd>
              ))}
          </div>
        ))}
      </dl>
    </>
  )
}

function ChangedSince({ alert }: { alert: Alert }) {
  const changed = alert.changed_since
  if (!changed || changed.subject.length + changed.entity.length === 0) return null
  return (
    <section class="changed" aria-label={t("case.changed_since")}>
      <h3>{t("case.changed_since")}</h3>
      <Difference title={t("case.subject")} of={changed.subject} />
      <Difference title={t("case.listed")} of={changed.entity} />
    </section>
  )
}
