// The one way to the server. Types come from the contract (src/delivery/api/openapi.yaml), so a route or a field
// that does not exist does not compile.
import createClient, { type Middleware } from 'openapi-fetch'
import { readAhead, takeAhead } from './ahead'
import type { components, paths } from './schema'

export type Schemas = components['schemas']

/** What the server refused, in a sentence for the user, with a number to quote. */
export class Refusal extends Error {
  constructor(
    readonly id: string,
    readonly kind: string,
    message: string,
    readonly number: string,
    readonly args: Record<string, string> = {},
  ) {
    super(message)
  }
}

let csrf = ''
let language = 'zh'
let whenSignedOut: () => void = () => {}

export function setCsrf(token: string) {
  csrf = token
}
export function setReplyLanguage(tag: string) {
  language = tag
}
export function onSignedOut(act: () => void) {
  whenSignedOut = act
}

function headers(): Record<string, string> {
  const sent: Record<string, string> = { 'Accept-Language': language }
  if (csrf) sent['X-CSRF'] = csrf
  return sent
}

const held = readAhead()
const middleware: Middleware = {
  onRequest({ request }) {
    const given = takeAhead(held.given, request.method, request.url, language)
    if (given !== undefined) return Response.json(given)
    for (const [name, value] of Object.entries(headers())) request.headers.set(name, value)
    return request
  },
}

export const api = createClient<paths>({ baseUrl: location.origin, credentials: 'same-origin' })
api.use(middleware)

/** The reply's data, or a Refusal. A lost connection is a Refusal too, of id web.unreachable. */
export async function ask<T>(reply: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  let answer
  try {
    answer = await reply
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Refusal('web.unreachable', 'unavailable', '', '')
  }
  if (!answer.response.ok) throw refusalOf(answer.error, answer.response.status)
  return answer.data as T
}

function refusalOf(body: unknown, status: number): Refusal {
  const error = (body as { error?: Schemas['Error'] } | undefined)?.error
  if (!error?.id) return new Refusal('web.unreadable_reply', 'unavailable', '', String(status))
  if (error.id === 'auth.signed_out') whenSignedOut()
  return new Refusal(error.id, error.kind, error.message, error.number, error.args)
}

/** Sends files as a form; `progress` hears how many bytes have gone. fetch cannot tell that, so XMLHttpRequest. */
export function send<T = Schemas['Accepted']>(
  path: string,
  form: FormData,
  progress: (sent: number, total: number) => void,
): { done: Promise<T>; stop: () => void } {
  const request = new XMLHttpRequest()
  const done = new Promise<T>((resolve, reject) => {
    request.open('POST', path)
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value)
    request.responseType = 'json'
    request.upload.onprogress = (event) => progress(event.loaded, event.total)
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as T)
      else reject(refusalOf(request.response, request.status))
    }
    request.onerror = () => reject(new Refusal('web.unreachable', 'unavailable', '', ''))
    request.onabort = () => reject(new Refusal('web.stopped', 'conflict', '', ''))
    request.send(form)
  })
  return { done, stop: () => request.abort() }
}

/** Fetches a workbook and hands it to the browser to be saved. */
export async function download(path: string, fallbackName: string, body?: unknown): Promise<void> {
  let response: Response
  try {
    response = await fetch(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...headers(), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  } catch {
    throw new Refusal('web.unreachable', 'unavailable', '', '')
  }
  if (!response.ok) throw refusalOf(await response.json().catch(() => undefined), response.status)
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = nameIn(response.headers.get('Content-Disposition')) ?? fallbackName
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

function nameIn(disposition: string | null): string | undefined {
  const encoded = disposition?.match(/filename\*=UTF-8''([^;]+)/i)?.[1]
  if (encoded) return decodeURIComponent(encoded)
  return disposition?.match(/filename="([^"]+)"/i)?.[1]
}
