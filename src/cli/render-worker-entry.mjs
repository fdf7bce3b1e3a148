// Worker threads do not inherit tsx's loader, so register it before importing TypeScript.
import { register } from 'tsx/esm/api'

register()
await import('./render-worker.ts')
