// Starts the client: texts first, then the page.
import './ui/styles'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startTranslations } from './i18n/i18n'
import { App } from './shell/App'

await startTranslations()
createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
