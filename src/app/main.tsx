import '../lab/worker/without-eval.ts'
import { createRoot } from 'react-dom/client'
import './styles.ts'
import { App } from './App.tsx'
import { goOffline } from './offline/go-offline.ts'
import { webGl } from './scene/webgl.ts'
import { resumeTrainings } from './training/queue.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id “root” to render the lab into.')
if (webGl() !== 'gpu') document.documentElement.dataset.plain = ''
createRoot(root).render(<App />)
goOffline()
resumeTrainings()
