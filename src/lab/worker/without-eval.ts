/**
 * Keeps zod from generating code, which the Content Security Policy forbids and reports. Imported first
 * by pages and workers that use zod, which reads this global, so that setting it does not load zod.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
