import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './common/older_browsers.ts'
import { nonce } from './common/nonce.ts'
import './style.css'

const root = document.getElementById('app')
if (root === null) throw new Error('index.html has no #app')
createRoot(root).render(<App nonce={nonce()} />)
