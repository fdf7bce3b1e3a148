import type { Plugin } from 'vite'
import { CONTENT_SECURITY_POLICY } from '../../src/service-worker/headers.ts'

/**
 * Adds the policy to the page as a meta tag, because many hosts send no headers. Omitted in
 * development, where Vite needs more permissions than the lab.
 */
export function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  }
}
