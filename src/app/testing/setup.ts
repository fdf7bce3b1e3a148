/** Set-up of every component test: fakes, empty local storage, and the lab's own styles. */
import { afterEach, beforeEach } from 'vitest'
import { cleanup } from 'vitest-browser-react'
import '../styles.ts'
import { installFakeWorkers } from './fake-workers.ts'
import { DESK, prefer, resizeWindow } from './open.tsx'
import { installServed, serveAsBefore } from './served.ts'
import { installWithoutWebGl } from './webgl.ts'

installFakeWorkers()
installServed()
installWithoutWebGl()

beforeEach(async () => {
  await resizeWindow(DESK)
  await prefer({})
})

afterEach(async () => {
  await cleanup()
  serveAsBefore()
  localStorage.clear()
})
