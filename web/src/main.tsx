// Starts the client: texts first, then the page. Where somebody was signed in before, what the page of work needs is on its
// way at the same time, so that a slow line waits once.
import './ui/styles'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startTranslations } from './i18n/i18n'
import { App } from './shell/App'
import { wasHere } from './shell/session'

if (location.pathname === '/' && wasHere()) void import('./feed/WorkPage').catch(() => undefined)
await startTranslations()
createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
