/* Facts of an entity: what each property is called, its values in their own script, and, beside another's, which agree.
 * A page gives the values; this knows how a country, a date, a number and a name are shown. */
import type { ComponentChildren } from "preact"

import { country, partialDay } from "../text/format"
import { t, word } from "../text/messages"
import { Code, Name } from "./basic"
import { Icon } from "./icons"

export type Properties = Record<string, readonly string[] | undefined>

const countries = new Set([
  "country",
  "nationality",
  "birthCountry",
  "jurisdiction",
  "citizenship",
  "flag",
  "mainCountry",
  "pastFlags",
  "authority.country",
])
export const isCountry = (property: string): boolean => countries.has(property)
const isDate = (property: string): boolean =>
  /(^|[a-z])[dD]ate$/.test(property) || ["startDate", "endDate", "modifiedAt", "listingDate"].includes(property)
const isNumber = (property: string): boolean =>
  /(Number|Code|Id|Tag|Sign)$/.test(property) || ["imoNumber", "mmsi", "swiftBic", "publicKey"].includes(property)
const isLink = (text: string): boolean => /^https?:\/\//.test(text)

export const NUMBER_OF = " · "

export function Value({ property, text }: { property: string; text: string }): ComponentChildren {
  if (isCountry(property)) return <bdi title={text}>{country(text)}</bdi>
  if (isDate(property)) return <time dateTime={text}>{partialDay(text)}</time>
  const [, bare, place] = /^(.+) \(([a-z]{2})\)$/.exec(text) ?? []
  if (bare && place && /[nN]umber$/.test(property))
    return <Value property={property} text={bare + NUMBER_OF + country(place)} />
  if (isNumber(property)) {
    const [number = "", of] = text.split(NUMBER_OF) // of which country
    return (
      <>
        <Code text={number} />
        {of && [NUMBER_OF, <bdi key="of">{of}</bdi>]}
      </>
    )
  }
  if (property === "gender") return <>{word("gender", text)}</>
  if (property === "topics") return <>{word("topics", text)}</>
  if (isLink(text)) return <Code text={text} /> // no link to elsewhere: nobody is sent there by a list
  return <Name text={text} />
}

/* In the order in which people read a record; what is not named here comes behind, by its name. */
const ORDER = [
  "name",
  "alias",
  "weakAlias",
  "previousName",
  "title",
  "gender",
  "birthDate",
  "birthPlace",
  "birthCountry",
  "deathDate",
  "nationality",
  "citizenship",
  "country",
  "passportNumber",
  "idNumber",
  "taxNumber",
  "registrationNumber",
  "imoNumber",
  "position",
  "address",
]
const rank = (property: string): number => ORDER.indexOf(property) + 1 || ORDER.length + 1

export const orderedProperties = (all: readonly string[]): string[] =>
  [...new Set(all)].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))

export const propertyTitle = (property: string): string => word("property", property)

export function Facts({
  properties,
  behind,
}: {
  properties: Properties
  behind?: (property: string, at: number) => ComponentChildren // source, date
}) {
  const names = orderedProperties(Object.keys(properties)).filter((each) => properties[each]?.length)
  return (
    <dl class="facts">
      {names.map((property) => (
        <div key={property}>
          <dt>{propertyTitle(property)}</dt>
          {properties[property]!.map((text, at) => (
            <dd key={at}>
              <Value property={property} text={text} /> {behind?.(property, at)}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  )
}

/* Said in a sign beside the colour. */
function Mark({ of }: { of: "same" | "different" | undefined }) {
  return of ? (
    <span class="mark" role="img" aria-label={t(`facts.${of}`)} title={t(`facts.${of}`)}>
      <Icon name={of} />
    </span>
  ) : null
}

/* Two records, property by property: side by side where there is room, one under the other where not. */
export function SideBySide({
  left,
  right,
  leftTitle,
  rightTitle,
  agree,
  met,
}: {
  left: Properties
  right: Properties
  leftTitle: ComponentChildren
  rightTitle: ComponentChildren
  agree?: (property: string) => "same" | "different" | undefined
  met?: string // the one of several names that was met
}) {
  const names = orderedProperties([...Object.keys(left), ...Object.keys(right)]).filter(
    (each) => left[each]?.length || right[each]?.length,
  )
  const side = (properties: Properties, property: string, title: ComponentChildren) => (
    <td role="cell">
      <span class="side-title" aria-hidden="true">
        {title}
      </span>
      {properties[property]?.length ? (
        properties[property].map((text, at) => (
          <p key={at} class={text === met ? "strong" : undefined}>
            <Value property={property} text={text} />
          </p>
        ))
      ) : (
        <span class="none">—</span>
      )}
    </td>
  )
  return (
    <table class="sides" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <td role="cell" />
          <th role="columnheader" scope="col">
            {leftTitle}
          </th>
          <th role="columnheader" scope="col">
            {rightTitle}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {names.map((property) => (
          <tr key={property} role="row" class={agree?.(property)}>
            <th role="rowheader" scope="row">
              {propertyTitle(property)}
              <Mark of={agree?.(property)} />
            </th>
            {side(left, property, leftTitle)}
            {side(right, property, rightTitle)}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
