// Threads do not inherit tsx's loader, so it is registered anew before TypeScript is imported.
import { register } from 'tsx/esm/api'

register()
await import('./render-worker.ts')
