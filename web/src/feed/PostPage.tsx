// Placeholder until feed/ is here.
import { useT } from '../i18n/i18n'
import { Page } from '../ui/Page'

export default function PostPage() {
  const t = useT()
  return <Page title={t('nav.work')}>…</Page>
}
