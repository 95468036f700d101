/* A subject and a listed entity side by side, property by property, with what speaks for and against marked. */
import type { Record as ListedRecord } from "../api/shapes"
import { Name } from "../parts/basic"
import { Facts, SideBySide, Value, orderedProperties, propertyTitle } from "../parts/facts"
import type { Properties } from "../parts/facts"
import { t, word } from "../text/messages"
import type { Alert, FieldDifference, Subject } from "./service"

/* What stands beside a person in a list is compared too: the numbers of documents, the addresses. */
function attachedFacts(record: ListedRecord): Properties {
  const found: { [property: string]: string[] } = {}
  const add = (property: string, text: string) => (found[property] = [...(found[property] ?? []), text])
  for (const { schema, properties } of record.attached ?? []) {
    const whole =
      properties.full?.[0] ??
      [properties.street, properties.city, properties.region, properties.country]
        .flatMap((each) => each ?? [])
        .join(", ")
    if (schema === "Address" && whole) add("address", whole)
    for (const number of properties.number ?? [])
      add(schema === "Passport" ? "passportNumber" : "idNumber", [number, ...(properties.country ?? [])].join(" · "))
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

export function listedFacts(record: ListedRecord): { [property: string]: string[] } {
  const found: { [property: string]: string[] } = {}
  const attached = attachedFacts(record)
  for (const property of new Set([...Object.keys(record.properties), ...Object.keys(attached)]))
    if (!NOT_COMPARED.has(property))
      found[property] = [...new Set([...(record.properties[property] ?? []), ...(attached[property] ?? [])])]
  return found
}

const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim()

/* By the evidence where it speaks of the property, otherwise by the values themselves. */
function agreement(alert: Alert, left: Properties, right: Properties) {
  const points = new Map<string, number>()
  for (const part of alert.hit.evidence) points.set(part.property, (points.get(part.property) ?? 0) + part.points)
  return (property: string): "same" | "different" | undefined => {
    const sum = points.get(property)
    if (sum) return sum > 0 ? "same" : "different"
    const own = left[property],
      listed = right[property]
    if (!own?.length || !listed?.length) return undefined
    return own.some((text) => listed.some((other) => plain(other) === plain(text))) ? "same" : undefined
  }
}

export function Compare({ subject, alert }: { subject: Pick<Subject, "caption" | "properties">; alert: Alert }) {
  const own = t("case.subject"),
    listed = t("case.listed")
  if (!alert.record)
    return (
      <>
        <p class="dim">{t("case.no_longer_listed")}</p>
        <Facts properties={subject.properties} />
      </>
    )
  const right = listedFacts(alert.record)
  return (
    <SideBySide
      left={subject.properties}
      right={right}
      leftTitle={own}
      rightTitle={listed}
      agree={agreement(alert, subject.properties, right)}
    />
  )
}

/* Facts that two lists of values do not share; the order of an entity's facts. */
function Difference({ title, of }: { title: string; of: readonly FieldDifference[] }) {
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

export function ChangedSince({ alert }: { alert: Alert }) {
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

export const schemaAndName = (schema: string, caption: string) => (
  <>
    <Name text={caption} strong /> <span class="dim small">{word("schema", schema)}</span>
  </>
)
