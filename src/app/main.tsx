import { createRoot } from 'react-dom/client'
import './styles.ts'
import { App } from './App.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id “root” to put the lab into.')
createRoot(root).render(<App />)
