import { test } from '@playwright/test'
import type { WebKind } from '../pages/runtime.worker.ts'

/** Returns the device under test: specs that run on both devices have one Playwright project for each. */
export function deviceUnderTest(): WebKind {
  return test.info().project.name === 'webgpu' ? 'webgpu' : 'wasm'
}
