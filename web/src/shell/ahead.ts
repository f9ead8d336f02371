// Once the first screen stands, the parts that are loaded when needed are fetched ahead, one after the other: then they
// open at once, and without a network too. Called by Shell.
import { moreTexts } from '../i18n/i18n'

const parts: readonly (() => Promise<unknown>)[] = [
  moreTexts,
  () => import('../feed/WorkPage'),
  () => import('../chat/ChatPage'),
  () => import('../feed/share/ShareComposer'),
  () => import('../feed/choose/ChooseDialog'),
  () => import('../feed/TodosPage'),
  () => import('../feed/PostPage'),
  () => import('../feed/receipts/PanelDrawer'),
  () => import('../chat/NewConversation'),
  () => import('../chat/MembersPanel'),
  () => import('../crm/CrmPage'),
  () => import('../crm/list/ListPage'),
  () => import('../crm/record/RecordPage'),
  () => import('./MePage'),
  () => import('../people/PeoplePage'),
]
const CALM = 1_500 // milliseconds: what is on the screen asks first

/** Answers how to stop. Without a network the rest waits for it (src/ui/part.ts). */
export function fetchAhead(): () => void {
  let stopped = false
  const timer = setTimeout(async () => {
    for (const part of parts) if (!stopped) await part().catch(() => undefined)
  }, CALM)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
