/* Times, numbers and names of countries, in the language that is chosen and with Latin digits. */
import { locale } from "./messages"

export const number = (value: number, digits = 0): string =>
  new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)

export const percent = (value: number, digits = 0): string =>
  new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: digits }).format(value)

/* Never more than it is, as the sentences of the service say it; the half-step keeps 0.93, which no double is, 0.930. */
const thousandths = (value: number): number => Math.floor(value * 1000 + 1e-7)
/* A score as everywhere in Mizan, with a point in each language: the sentences of the service say it so, too. */
export const score = (value: number): string => (thousandths(value) / 1000).toFixed(3)
export const bits = (value: number): string => value.toFixed(1)
/* A part of a score that goes from one sum to another: what is shown of all parts adds up to what is shown of the score. */
export function points(from: number, to: number): string {
  const value = thousandths(to) - thousandths(from)
  return `${value < 0 ? "−" : value > 0 ? "+" : ""}${(Math.abs(value) / 1000).toFixed(3)}`
}

export function bytes(size: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const
  const step = size > 0 ? Math.min(units.length - 1, Math.floor(Math.log(size) / Math.log(1024))) : 0
  return new Intl.NumberFormat(locale(), {
    style: "unit",
    unit: units[step],
    unitDisplay: "short",
    maximumFractionDigits: step ? 1 : 0,
  }).format(size / 1024 ** step)
}

/* Arabic's "medium" is figures alone, whose order nobody is sure of. */
const dateStyle = (): "medium" | "long" => (locale().startsWith("ar") ? "long" : "medium")
export const day = (time: string | Date): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: dateStyle() }).format(new Date(time))
export const moment = (time: string | Date): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: dateStyle(), timeStyle: "short" }).format(new Date(time))
export const momentWhole = (time: string | Date): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: "full", timeStyle: "long" }).format(new Date(time))

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
]

/* "3 hours ago", "in 2 days" */
export function ago(time: string | Date, now = Date.now()): string {
  const seconds = (new Date(time).getTime() - now) / 1000
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" })
  for (const [unit, length] of STEPS)
    if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit)
  return relative.format(0, "minute")
}

/* A day as published, in the forms of EDTF: "1974", "1974-03", "1974-03-09", "1974~" about then, "1974?" perhaps then,
 * "1968/1972" between. What is no such thing is shown as it is. */
export const partialDay = (text: string): string =>
  /^[\d~?/-]+$/.test(text) ? text.split("/").map(oneDay).join(" – ") : text

function oneDay(text: string): string {
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([~?]?)$/.exec(text)
  if (!found) return text
  const [, year, month = "01", dayOfMonth = "01", doubt] = found
  const options: Intl.DateTimeFormatOptions = { timeZone: "UTC", year: "numeric" }
  if (found[2]) options.month = "long"
  if (found[3]) options.day = "numeric"
  const whole = new Intl.DateTimeFormat(locale(), options).format(new Date(`${year}-${month}-${dayOfMonth}T00:00Z`))
  return doubt === "~" ? `≈ ${whole}` : whole + doubt
}

/* The name of a country by its code; the code where it is none. */
export function country(code: string): string {
  try {
    return new Intl.DisplayNames([locale()], { type: "region" }).of(code.toUpperCase()) ?? code
  } catch {
    return code
  }
}

/* The direction and the language by which a text of a list is to be set: by the letters it is written in. */
export function scriptOf(text: string): { dir: "rtl" | "ltr"; lang: string | undefined } {
  const letter = /\p{L}/u.exec(text)?.[0] ?? ""
  if (/[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(letter))
    return { dir: "rtl", lang: /\p{Script=Arabic}/u.test(letter) ? "ar" : undefined }
  return { dir: "ltr", lang: /\p{Script=Latin}/u.test(letter) ? undefined : scriptLanguage(letter) }
}

function scriptLanguage(letter: string): string | undefined {
  if (/\p{Script=Cyrillic}/u.test(letter)) return "ru"
  if (/\p{Script=Han}/u.test(letter)) return "zh"
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(letter)) return "ja"
  if (/\p{Script=Hangul}/u.test(letter)) return "ko"
  return undefined
}
