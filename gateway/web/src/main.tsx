import './common/nonce.ts'
import './common/frame_focus.ts'
import './common/older_browsers.ts'
import './style.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { watchPerson } from './common/api/attendance.ts'

const root = document.getElementById('app')
if (root === null) throw new Error('index.html has no #app')
watchPerson(window)
createRoot(root).render(<App />)
