// Placeholder until chat/ is here.
import { useT } from '../i18n/i18n'
import { Page } from '../ui/Page'

export default function ChatPage() {
  const t = useT()
  return <Page title={t('nav.chat')}>…</Page>
}
