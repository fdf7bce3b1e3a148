/**
 * The headers every response of the lab should have. `npm start` sends them; on a host that does not,
 * the page has its policy from a meta tag and the service worker adds the rest.
 */

/** Threads in WebAssembly need a cross-origin isolated page. */
export const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** What a page may load and run: its own files and nothing else. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  // onnxruntime is WebAssembly; nothing makes code out of text.
  "script-src 'self' 'wasm-unsafe-eval'",
  // Mantine and recharts write style elements. Attributes are set through the DOM, which needs none.
  "style-src-elem 'self' 'unsafe-inline'",
  "style-src-attr 'none'",
  // Pictures that the page itself has drawn.
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

export const PAGE_HEADERS = {
  ...ISOLATION_HEADERS,
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
}

/** The same response, with those of the headers that its host did not send. */
export function withMissingHeaders(response: Response): Response {
  const missing = Object.entries(PAGE_HEADERS).filter(([name]) => !response.headers.has(name))
  // A redirection is the browser's to follow, and cannot be copied.
  if (missing.length === 0 || response.status === 0) return response
  const headers = new Headers(response.headers)
  for (const [name, value] of missing) headers.set(name, value)
  const { body, status, statusText } = response
  return new Response(body, { status, statusText, headers })
}
