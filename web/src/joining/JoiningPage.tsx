// The administration's «joining»: who asked, and the company's link with its QR code.
import { useQuery } from '@tanstack/react-query'
import { SectionPage } from '../admin/SectionPage'
import { api } from '../api/client'
import type { JoinRequest, List } from '../api/types'
import { useT } from '../i18n/i18n'
import { applyList } from '../live/answers'
import { ShownPerson } from '../people/ShownPerson'
import { CompanyLink } from './CompanyLink'
import classes from './Joining.module.css'
import { RequestRow } from './RequestRow'
import { useDecidedRequests, usePendingRequests } from './requests'

const SHOWN = 20

export default function JoiningPage() {
  const t = useT()
  const pending = usePendingRequests()
  const decided = useDecidedRequests().slice(0, SHOWN)
  useQuery({
    queryKey: ['join-requests'],
    queryFn: async ({ signal }) =>
      applyList('join_request', await api.get<List<JoinRequest>>('/join-requests', { query: { limit: 50 }, signal })),
    staleTime: 0,
  })
  return (
    <SectionPage title={t('joining.section')}>
      <section className={classes.card} aria-labelledby="join-pending">
        <h2 className={classes.heading} id="join-pending">
          {t('joining.pending')}
        </h2>
        {pending.length === 0 ? (
          <p className={classes.note}>{t('joining.nobody_waits')}</p>
        ) : (
          <ul className={classes.rows}>
            {pending.map((request) => (
              <RequestRow key={request.id} request={request} />
            ))}
          </ul>
        )}
      </section>
      <CompanyLink />
      {decided.length > 0 && (
        <section className={classes.card} aria-labelledby="join-decided">
          <h2 className={classes.heading} id="join-decided">
            {t('joining.decided')}
          </h2>
          <ul className={classes.rows}>
            {decided.map((request) => (
              <RequestRow key={request.id} request={request} />
            ))}
          </ul>
        </section>
      )}
      <ShownPerson />
    </SectionPage>
  )
}
