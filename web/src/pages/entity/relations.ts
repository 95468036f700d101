/* Who is linked to an entity, from the nested form that the service gives of it (as FollowTheMoney does): links that are
 * entities of their own, such as an ownership, and those that are a property. */
import type { YenteEntity } from "../../api/shapes"

export type Relation = { id: string; caption: string; schema: string; kind: string; note: string }

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
/* What belongs to the entity itself and is told among its facts. */
const OWN = new Set(["Sanction", "Address", "Passport", "Identification", "Position"])

const nested = (entity: YenteEntity): YenteEntity[] =>
  Object.values(entity.properties)
    .flat()
    .filter((each): each is YenteEntity => typeof each === "object")

const text = (entity: YenteEntity, ...properties: string[]): string =>
  properties
    .flatMap((each) => entity.properties[each] ?? [])
    .filter((each): each is string => typeof each === "string")
    .join(", ")

export function relationsOf(root: YenteEntity): Relation[] {
  const found = new Map<string, Relation>()
  const add = (other: YenteEntity, kind: string, note: string) => {
    if (other.id === root.id || OWN.has(other.schema)) return
    found.set(`${kind} ${other.id}`, { id: other.id, caption: other.caption, schema: other.schema, kind, note })
  }
  for (const each of nested(root)) {
    if (LINKS.has(each.schema)) {
      const note = text(each, "role", "relationship", "percentage")
      for (const other of nested(each)) add(other, each.schema, note)
    } else add(each, "UnknownLink", "")
  }
  return [...found.values()]
}
