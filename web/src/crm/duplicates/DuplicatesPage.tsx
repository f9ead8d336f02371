// Administration: which likenesses refuse instead of asking, and whether who asks is told whose a record is (W15, W16).
import { Skeleton, Switch } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { SectionPage } from '../../admin/SectionPage'
import { api } from '../../api/client'
import { useT } from '../../i18n/i18n'
import { ProblemText, problemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { fieldOf, useKinds, useWords } from '../kinds'
import classes from './Duplicates.module.css'
import type { Setting } from './wire'

const PLACE = '/duplicate-settings'

export default function DuplicatesPage() {
  const t = useT()
  const words = useWords()
  const kinds = useKinds()
  const queries = useQueryClient()
  const setting = useQuery({
    queryKey: ['duplicate-settings'],
    queryFn: async ({ signal }) => (await api.get<Setting>(PLACE, { signal })).data,
    staleTime: 0,
  })
  const now = setting.data
  const choose = async (names_owner: boolean, hard: string[]): Promise<void> => {
    try {
      const { data } = await api.put<Setting>(PLACE, { names_owner, hard })
      queries.setQueryData(['duplicate-settings'], data)
      toast(t('duplicates.saved'), { tone: 'good' })
    } catch (error) {
      toast(problemText(error), { tone: 'bad' })
    }
  }
  const hard = now?.keys.filter((one) => one.is_hard).map((one) => `${one.kind}.${one.key}`) ?? []
  return (
    <SectionPage title={t('duplicates.section')}>
      <p className={classes.note}>{t('duplicates.section_text')}</p>
      <ProblemText error={setting.error ?? kinds.error} />
      {(setting.isPending || kinds.isPending) && <Skeleton height={160} aria-hidden />}
      {now && (
        <div className={classes.settings}>
          {now.keys.map((one) => {
            const kind = kinds.data?.find((each) => each.kind === one.kind)
            const field = kind && one.fields[0] ? fieldOf(kind, one.fields[0]) : undefined
            const name = `${one.kind}.${one.key}`
            return (
              <Switch
                key={name}
                label={t('duplicates.make_hard', { kind: kind ? words(kind.words) : one.kind, field: field ? words(field.words) : one.key })}
                description={one.shared > 0 ? t('duplicates.shared', { count: one.shared }) : t('duplicates.shared_none')}
                checked={one.is_hard}
                onChange={(event) => void choose(now.names_owner, event.currentTarget.checked ? [...hard, name] : hard.filter((each) => each !== name))}
              />
            )
          })}
          <Switch
            label={t('duplicates.names_owner')}
            description={t('duplicates.names_owner_text')}
            checked={now.names_owner}
            onChange={(event) => void choose(event.currentTarget.checked, hard)}
          />
          <p className={classes.note}>{t('duplicates.limit', { limit: now.limit })}</p>
        </div>
      )}
    </SectionPage>
  )
}
