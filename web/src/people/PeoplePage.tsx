// Placeholder until people/ is here.
import { useT } from '../i18n/i18n'
import { Page } from '../ui/Page'

export default function PeoplePage() {
  const t = useT()
  return <Page title={t('nav.people')}>…</Page>
}
