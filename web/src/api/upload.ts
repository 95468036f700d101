/* Sending a file with its progress, which fetch does not tell. */
import { Problem, addressOf, csrf } from "./client"
import type { Values } from "./client"

export type Upload<Answer> = { answer: Promise<Answer>; stop: () => void }

const problemOf = (request: XMLHttpRequest): Problem => {
  try {
    const told = JSON.parse(request.responseText) as { detail?: string; title?: string }
    return new Problem(request.status, told.detail ?? told.title ?? "", told)
  } catch {
    return new Problem(request.status, "")
  }
}

/* share: from 0 to 1 */
export function upload<Answer>(
  path: string,
  query: Values,
  file: Blob,
  share: (share: number) => void,
): Upload<Answer> {
  const request = new XMLHttpRequest()
  const answer = new Promise<Answer>((resolve, reject) => {
    request.upload.onprogress = (event) => share(event.total ? event.loaded / event.total : 0)
    request.onload = () =>
      request.status < 300 ? resolve(JSON.parse(request.responseText) as Answer) : reject(problemOf(request))
    request.onerror = () => reject(new Problem(0, ""))
    request.onabort = () => reject(new DOMException("stopped", "AbortError"))
  })
  request.open("POST", addressOf(path, query))
  request.setRequestHeader("Content-Type", file.type || "application/octet-stream")
  if (csrf.value) request.setRequestHeader("X-CSRF-Token", csrf.value)
  request.send(file)
  return { answer, stop: () => request.abort() }
}
