import type { Plugin } from 'vite'
import { CONTENT_SECURITY_POLICY } from '../../src/service-worker/headers.ts'

/**
 * Puts the policy into the page, as many hosts send no headers. Not in development, where Vite needs
 * more than the lab does.
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
