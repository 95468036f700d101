/* Who is linked to an entity, from the nested form that the service gives of it (as FollowTheMoney does): links that are
 * entities of their own, such as an ownership, and those that are a property. */
import type { YenteEntity } from "../../api/shapes"

/* `end`: the property of the link that the other stands in: "owner" is who owns the entity, "asset" what it owns. */
export type Relation = { id: string; caption: string; kind: string; end: string; note: string }

/* Entities that are a link between others. */
export const LINKS = new Set([
  "Ownership",
  "Directorship",
  "Membership",
  "Employment",
  "Representation",
  "Family",
  "Associate",
  "Succession",
  "Occupancy",
  "UnknownLink",
])
/* Ends where a link begins; it leads to the other one. */
const BEGINNINGS = /^(owner|operator|director|member|employee|agent|holder|person|predecessor|parent|subject)$/
export const leadsHere = ({ end }: Relation): boolean => BEGINNINGS.test(end)

/* What belongs to the entity itself and is told among its facts. */
const OWN = new Set(["Sanction", "Address", "Passport", "Identification", "Position"])

const isEntity = (value: unknown): value is YenteEntity => typeof value === "object"
const nested = (entity: YenteEntity): [string, YenteEntity][] =>
  Object.entries(entity.properties).flatMap(([property, values]) =>
    values.filter(isEntity).map((each): [string, YenteEntity] => [property, each]),
  )

const text = (entity: YenteEntity, ...properties: string[]): string =>
  properties
    .flatMap((each) => entity.properties[each] ?? [])
    .filter((each): each is string => typeof each === "string")
    .join(", ")

export function relationsOf(root: YenteEntity): Relation[] {
  const found = new Map<string, Relation>()
  const add = (other: YenteEntity, kind: string, end: string, note = "") => {
    if (other.id === root.id || OWN.has(other.schema)) return
    found.set(`${kind} ${end} ${other.id}`, { id: other.id, caption: other.caption, kind, end, note })
  }
  for (const [property, each] of nested(root)) {
    if (LINKS.has(each.schema)) {
      const note = text(each, "role", "relationship", "percentage")
      for (const [end, other] of nested(each)) add(other, each.schema, end, note)
    } else if (property === "owner") add(each, "Ownership", property)
    else if (property === "ownedVehicles") add(each, "Ownership", "asset")
    else add(each, "UnknownLink", property)
  }
  return [...found.values()]
}
