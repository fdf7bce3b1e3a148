import { test } from '@playwright/test'
import type { WebKind } from '../pages/runtime.worker.ts'

/** Device that the running test is for: specs for each device run in a project of either kind. */
export function deviceUnderTest(): WebKind {
  return test.info().project.name === 'webgpu' ? 'webgpu' : 'wasm'
}
