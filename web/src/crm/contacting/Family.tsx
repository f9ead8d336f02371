// What a customer hangs below and what hangs below it, with what all of them have together (W41).
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { api } from '../../api/client'
import { useT } from '../../i18n/i18n'
import { addressOfRecord, fieldOf, useKinds, useWords } from '../kinds'
import page from '../record/RecordPage.module.css'
import { moneyText } from '../values'
import type { RecordKind, RecordRow } from '../wire'
import classes from './Contacting.module.css'
import type { Family as Found } from './wire'

export function Family({ kind, row, stamp }: { kind: RecordKind; row: RecordRow; stamp: number }) {
  const t = useT()
  const words = useWords()
  const kinds = useKinds().data ?? []
  const hangs = kind.fields.some((field) => field.link === kind.kind)
  const found = useQuery({
    enabled: hangs,
    queryKey: ['record-family', row.kind, row.id, row.version, stamp],
    queryFn: async ({ signal }) => (await api.get<Found>(`/records/${row.kind}/${row.id}/family`, { signal })).data,
    placeholderData: (before) => before,
    staleTime: 0,
    retry: false,
  })
  const family = found.data
  if (!family || (family.above.length === 0 && family.below.length === 0)) return null
  const inIt = (depth: number): string => '\u3000'.repeat(Math.min(depth, 6))
  return (
    <section className={page.section} aria-label={t('contacting.family')} data-family={family.below.length}>
      <h3 className={page.sectionTitle}>{t('contacting.family')}</h3>
      <p className={classes.sums}>
        {[
          t('contacting.and_below', { count: family.below.length + 1 }),
          ...family.counts.map((one) => {
            const counted = kinds.find((each) => each.kind === one.kind)
            const sums = one.sums.map((sum) => {
              const field = counted ? fieldOf(counted, sum.field) : undefined
              return `${field ? words(field.words) : sum.field} ${moneyText(sum.sum, sum.currency)}`
            })
            return [t('contacting.family_kind', { kind: counted ? words(counted.plural) : one.kind, count: one.count }), ...sums].join(' · ')
          }),
          t('contacting.family_followups', { count: family.followups }),
          ...(family.is_whole ? [] : [t('contacting.family_more')]),
        ].map((text) => (
          <span key={text} className={classes.sum}>
            {text}
          </span>
        ))}
      </p>
      <ul className={classes.tree}>
        {family.above.map((one, at) => (
          <li key={one.id}>
            {inIt(at)}
            {one.title === null ? <span className={classes.hidden}>{t('contacting.hidden_end')}</span> : <To kind={kind} id={one.id} title={one.title} />}
          </li>
        ))}
        <li aria-current="true">
          {inIt(family.above.length)}
          <strong>{row.title}</strong>
        </li>
        {inOrder(family, row.id).map((one) => (
          <li key={one.id} data-depth={one.depth}>
            {inIt(family.above.length + one.depth)}
            <To kind={kind} id={one.id} title={one.title} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function To({ kind, id, title }: { kind: RecordKind; id: number; title: string }) {
  return (
    <Link className={classes.end} href={addressOfRecord(kind.kind, id)}>
      {title}
    </Link>
  )
}

/** Each below the one that it hangs from. */
function inOrder(family: Found, root: number): Found['below'] {
  const under = (id: number): Found['below'] => family.below.filter((one) => one.parent === id).flatMap((one) => [one, ...under(one.id)])
  return under(root)
}
