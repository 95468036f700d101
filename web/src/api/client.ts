/* Asking the service.
 *
 *     const list = await api("GET /lists/{list}", { place: { list: "un" } })
 *
 * The name of an operation is its method and its address below /api/v1; what it takes and answers is known from the
 * description of the service (shapes.ts). What goes wrong is a Problem with a text for people. Where the session has
 * ended, the request waits until the same person has signed in again (shell/again.tsx) and is then sent once more, so
 * that nothing that was typed is lost. */
import { signal } from "@preact/signals"

import type { Operations } from "./shapes"

export type Operation = keyof Operations
export type AnswerOf<Name extends Operation> = Operations[Name]["answer"]

export type Values = Record<string, string | number | boolean | null | undefined | readonly string[]>

export class Problem extends Error {
  constructor(
    readonly status: number, // 0: the service was not reached
    readonly detail: string,
    readonly more: Record<string, unknown> = {},
  ) {
    super(detail)
  }
  get requestId(): string {
    return String(this.more.request_id ?? "")
  }
}

/* The token that goes with the session's changes; of session.ts. */
export const csrf = signal("")
/* Set while a session has ended under work in hand: to be called when it goes on, or is given up. */
export const ended = signal<((signedIn: boolean) => void) | null>(null)
/* Whether somebody is signed in, as far as this page knows. */
export const signedIn = signal(false)

/* Whether the session is as this page believes: "ended", or "renewed" by a sign-in in another window, whose token is
 * another. Of session.ts. */
export const renewal = { run: async (): Promise<"same" | "renewed" | "ended"> => "same" }

let again: Promise<boolean> | null = null
function signInAgain(): Promise<boolean> {
  again ??= new Promise<boolean>((resolve) => {
    ended.value = resolve
  }).finally(() => {
    ended.value = null
    again = null
  })
  return again
}

/* Whether a request that was refused may be sent once more: where it was the session's end, after signing in again. */
async function goesOn(): Promise<boolean> {
  const state = await renewal.run()
  return state === "ended" ? signInAgain() : state === "renewed"
}

export function addressOf(path: string, query: Values = {}, face = "/api/v1"): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(query))
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== undefined && each !== null && each !== "") parameters.append(key, String(each))
  const text = parameters.toString()
  return `${face}${path}${text ? `?${text}` : ""}`
}

/* For links to what a browser downloads. */
export const fill = (path: string, place: Record<string, string>): string =>
  path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(place[key] ?? ""))

async function send(
  method: string,
  address: string,
  body: BodyInit | undefined,
  type: string | undefined,
  stop?: AbortSignal,
) {
  const headers: Record<string, string> = { Accept: "application/json" }
  if (type) headers["Content-Type"] = type
  if (method !== "GET" && csrf.value) headers["X-CSRF-Token"] = csrf.value
  try {
    return await fetch(address, { method, headers, body, signal: stop, credentials: "same-origin", redirect: "error" })
  } catch (error) {
    if (stop?.aborted) throw error
    throw new Problem(0, "")
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text()
  try {
    const told = JSON.parse(text) as Record<string, unknown>
    return new Problem(response.status, String(told.detail ?? told.title ?? ""), told)
  } catch {
    return new Problem(response.status, "") // of a proxy, or of the library under the service
  }
}

async function answerOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined
  if (response.headers.get("Content-Type")?.startsWith("application/json")) return response.json()
  return response.text()
}

export type AskedAnything = {
  query?: Values
  body?: unknown // an object is sent as JSON; a Blob or a string as it is
  type?: string
  signal?: AbortSignal
  face?: string // where its addresses begin, if not at /api/v1
}

/* For what the description does not tell: ask("POST", "/subjects/imports", {body: file}) */
export async function ask<Answer = unknown>(method: string, path: string, asked: AskedAnything = {}): Promise<Answer> {
  const address = addressOf(path, asked.query, asked.face)
  const plain = asked.body instanceof Blob || typeof asked.body === "string"
  const body = asked.body === undefined ? undefined : plain ? (asked.body as BodyInit) : JSON.stringify(asked.body)
  const type =
    body === undefined ? undefined : (asked.type ?? (plain ? "application/octet-stream" : "application/json"))
  let response = await send(method, address, body, type, asked.signal)
  const refused = [401, 403, 404].includes(response.status) // what is another's is answered as what is not there
  if (refused && signedIn.value && path !== "/session" && (await goesOn()))
    response = await send(method, address, body, type, asked.signal)
  if (!response.ok) throw await problemOf(response)
  return (await answerOf(response)) as Answer
}

type AskedLoosely = { place?: Record<string, string>; query?: Values; body?: unknown; signal?: AbortSignal }
export const api = ((name: string, { place, query, body, signal: stop }: AskedLoosely = {}) => {
  const [method = "", path = ""] = name.split(" ")
  return ask(method, fill(path, place ?? {}), { query, body, signal: stop })
}) as <Name extends Operation>(name: Name, ...asked: Operations[Name]["asked"]) => Promise<AnswerOf<Name>>
