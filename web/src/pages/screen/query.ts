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

/* The query that a service understands; null while there is nothing to screen. */
export function queryOf(given: Typed, kind: string, lists: readonly string[]): Query | null {
  const { name, birthDate, country, number, numberKind } = given
  if (!name.trim() && !number.trim()) return null
  const person = kind === "Person" || kind === "LegalEntity"
  const properties: Record<string, string[]> = {}
  if (name.trim()) properties.name = [name.trim()]
  if (person && birthDate.trim()) properties.birthDate = [birthDate.trim()]
  if (country) properties[kind === "Person" ? "nationality" : "country"] = [country]
  if (number.trim()) properties[numberKind] = [number.trim()]
  return { schema: kind, properties, ...(lists.length ? { filter: { lists: [...lists] } } : {}) }
}

/* A day as it may be typed: 1974, 1974-03, 1974-03-09. */
export const isDay = (text: string): boolean => /^\s*\d{4}(-\d{1,2}(-\d{1,2})?)?\s*$/.test(text)
