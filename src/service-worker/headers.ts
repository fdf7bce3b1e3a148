/**
 * Headers for every response of the lab. `npm start` sends them; on a host that does not, a meta tag
 * sets the page's Content Security Policy and the service worker adds the rest.
 */

/** Headers for cross-origin isolation, which WASM threads require. */
export const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** Policy that allows a page to load and run only the site's own files. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  // onnxruntime compiles WebAssembly; nothing evaluates strings as code.
  "script-src 'self' 'wasm-unsafe-eval'",
  // Mantine and recharts insert style elements. Style attributes are set through the DOM, which is exempt.
  "style-src-elem 'self' 'unsafe-inline'",
  "style-src-attr 'none'",
  // Images that the page itself has rendered.
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

/** Returns the response with those of `PAGE_HEADERS` added that its host did not send. */
export function withMissingHeaders(response: Response): Response {
  const missing = Object.entries(PAGE_HEADERS).filter(([name]) => !response.headers.has(name))
  // An opaque redirect (status 0) is followed by the browser and cannot be copied.
  if (missing.length === 0 || response.status === 0) return response
  const headers = new Headers(response.headers)
  for (const [name, value] of missing) headers.set(name, value)
  const { body, status, statusText } = response
  return new Response(body, { status, statusText, headers })
}
