// What a post said and carried before and who saw it, each version with what the next one made of it.
import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client'
import type { Audience, List, Post, PostVersion } from '../../api/types'
import { Card } from '../../cards/Card'
import { keyOf } from '../../cards/known'
import { downloadOf } from '../../files/words'
import { listed } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import { usePeople } from '../../live/directory'
import { Dialog } from '../../ui/Dialog'
import { ProblemText } from '../../ui/ProblemText'
import { RelativeTime } from '../../ui/RelativeTime'
import { kindOf } from '../kinds/kinds'
import { Changed } from './Changed'
import { namedIn } from './editing'
import classes from './PostVersions.module.css'
import { useNamesIn } from './useNamesIn'

export default function PostVersions({ post, onClose }: { post: Post; onClose: () => void }) {
  const t = useT()
  const earlier = useQuery({
    queryKey: ['post-versions', post.id, post.version],
    queryFn: async ({ signal }) => (await api.get<List<PostVersion>>(`/posts/${post.id}/versions`, { signal })).data.items,
  })
  const { version, text, title = '', poll = null, files = [], cards = [], audience } = post
  const now: PostVersion = { version, title, text, poll, files, cards, audience, details: post.details ? { ...post.details } : null, at: post.edited_at ?? post.created_at }
  const all = earlier.data ? [now, ...earlier.data] : []
  const { says } = kindOf(post.kind)
  usePeople(all.flatMap((one) => (one.details as { people?: number[] } | null)?.people ?? []))
  return (
    <Dialog title={t('feed.versions')} onClose={onClose} size={640} tall>
      <ProblemText error={earlier.error} />
      {earlier.isPending && <Loader size="sm" role="img" aria-label={t('ui.loading')} />}
      {all.map((one, index) => {
        const was = all[index + 1] ?? one
        return (
          <section key={one.version} className={classes.version}>
            <h3 className={classes.head}>
              {t('feed.version', { version: one.version })} <RelativeTime at={one.at} />
            </h3>
            {one.title && <Changed was={was.title ?? one.title} now={one.title} />}
            <Changed was={was.text} now={one.text} />
            {one.poll && <Changed was={optionsOf(was)} now={optionsOf(one)} />}
            {says && one.details && <Changed was={says(was.details ?? one.details)} now={says(one.details)} />}
            <Files was={was} now={one} />
            <ChangedCards was={was} now={one} />
            {was.audience && one.audience && was !== one && <ChangedAudience was={was.audience} now={one.audience} />}
          </section>
        )
      })}
    </Dialog>
  )
}

function optionsOf({ poll }: PostVersion): string {
  return (poll?.options ?? []).map((option) => `· ${option}`).join('\n')
}

interface Pair {
  was: PostVersion
  now: PostVersion
}

/** Each can still be read by who sees this version. */
function Files({ was, now }: Pair) {
  const t = useT()
  const [had, has] = [was.files ?? [], now.files ?? []]
  const gone = had.filter((file) => !has.some(({ id }) => id === file.id))
  if (has.length + gone.length === 0) return null
  return (
    <ul className={classes.files} aria-label={t('versions.files')}>
      {has.map((file) => (
        <li key={file.id}>
          {had.some(({ id }) => id === file.id) ? <a href={downloadOf(file)}>{file.name}</a> : <ins><a href={downloadOf(file)}>{file.name}</a></ins>}
        </li>
      ))}
      {gone.map((file) => (
        <li key={file.id}>
          <del>
            <a href={downloadOf(file)}>{file.name}</a>
          </del>
        </li>
      ))}
    </ul>
  )
}

function ChangedCards({ was, now }: Pair) {
  const t = useT()
  const [had, has] = [was.cards ?? [], now.cards ?? []]
  const without = (some: typeof had, others: typeof had): typeof had => some.filter((one) => !others.some((other) => keyOf(other) === keyOf(one)))
  const [came, gone] = [without(has, had), without(had, has)]
  return (
    <>
      {came.length > 0 && <p className={classes.said}>{t('versions.cards_came')}</p>}
      {came.map((one) => <Card key={keyOf(one)} about={one} />)}
      {gone.length > 0 && <p className={classes.said}>{t('versions.cards_gone')}</p>}
      {gone.map((one) => <Card key={keyOf(one)} about={one} />)}
    </>
  )
}

function ChangedAudience({ was, now }: { was: Audience; now: Audience }) {
  const t = useT()
  const [before, after] = [useWords(was), useWords(now)]
  if (JSON.stringify(was) === JSON.stringify(now)) return null
  return (
    <p className={classes.said}>
      {t('versions.audience')} <del>{before}</del> <ins>{after}</ins>
    </p>
  )
}

function useWords(audience: Audience): string {
  const t = useT()
  const named = namedIn(audience, useNamesIn(audience))
  return listed(named.map((one) => (one.kind === 'everyone' ? t('feed.everyone') : one.name)))
}
