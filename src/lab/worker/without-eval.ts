/**
 * To be imported first by pages and workers that read anything with zod: it would try to make code
 * out of text, which the Content Security Policy forbids and reports. zod takes its settings from
 * here, so that a page does not have to load it to set them.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
