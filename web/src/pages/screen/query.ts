/* What is asked of the lists. It stays in the memory of this page: it is personal data, so neither its address, nor this
 * browser, nor the log of the service has it. Only what says nothing of a person (the kind, the lists) stands in the
 * address. */
import { signal } from "@preact/signals"

import type { Query } from "../../api/shapes"

export const kinds = ["LegalEntity", "Person", "Organization", "Company", "Vessel", "Airplane"] as const
export const numbers = ["passportNumber", "idNumber", "taxNumber", "registrationNumber", "imoNumber"] as const

export type Typed = {
  name: string
  birthDate: string
  country: string
  number: string
  numberKind: (typeof numbers)[number]
}

export const nothing: Typed = { name: "", birthDate: "", country: "", number: "", numberKind: "passportNumber" }
export const typed = signal<Typed>(nothing)

/* A day as it may be typed, in the order of lists: 1974, 1974-03, 1974-03-09, or 09/03/1974, whose day is first as in
 * the register. */
export function dayOf(text: string): string | undefined {
  const day = text
    .trim()
    .replace(/[/.]/g, "-")
    .replace(/^(\d\d?)-(\d\d?)-(\d{4})$/, "$3-$2-$1")
    .replace(/-(\d)\b/g, "-0$1")
  return /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(day) ? day : undefined
}

const isPerson = (kind: string): boolean => kind === "Person" || kind === "LegalEntity"
/* Without the date that somebody typed, the answer would be one to another question. */
export const isDateUnread = ({ birthDate }: Typed, kind: string): boolean =>
  isPerson(kind) && !!birthDate.trim() && !dayOf(birthDate)

/* The query that a service understands; null while there is nothing to screen. What may be the number of a document
 * is asked as one, too: a number of identity meets numbers of every kind but those of ships. */
export function queryOf(given: Typed, kind: string, lists: readonly string[]): Query | null {
  const { birthDate, country, numberKind } = given
  const name = given.name.trim(),
    number = given.number.trim()
  if ((!name && !number) || isDateUnread(given, kind)) return null
  const properties: Record<string, string[]> = {}
  if (name) properties.name = [name]
  if (/^\S*\p{Nd}\S*$/u.test(name)) properties[kind === "Vessel" ? "imoNumber" : "idNumber"] = [name]
  const day = dayOf(birthDate)
  if (isPerson(kind) && day) properties.birthDate = [day]
  if (country) properties[kind === "Person" ? "nationality" : "country"] = [country]
  if (number) properties[numberKind] = [...(properties[numberKind] ?? []), number]
  return { schema: kind, properties, ...(lists.length ? { filter: { lists: [...lists] } } : {}) }
}
