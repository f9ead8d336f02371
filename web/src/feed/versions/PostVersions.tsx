// What a post said before, each version with what the next one made of it.
import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../../api/client'
import type { List, Post, PostVersion } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { fromMarkdown } from '../../ui/composing'
import { Dialog } from '../../ui/Dialog'
import { difference } from '../../ui/diff'
import { ProblemText } from '../../ui/ProblemText'
import { RelativeTime } from '../../ui/RelativeTime'
import classes from './PostVersions.module.css'

export default function PostVersions({ post, onClose }: { post: Post; onClose: () => void }) {
  const t = useT()
  const earlier = useQuery({
    queryKey: ['post-versions', post.id, post.version],
    queryFn: async ({ signal }) => (await api.get<List<PostVersion>>(`/posts/${post.id}/versions`, { signal })).data.items,
  })
  const now: PostVersion = { version: post.version, title: post.title ?? '', text: post.text, poll: post.poll ?? null, at: post.edited_at ?? post.created_at }
  const all = earlier.data ? [now, ...earlier.data] : []
  return (
    <Dialog title={t('feed.versions')} onClose={onClose} size={640} tall>
      <ProblemText error={earlier.error} />
      {earlier.isPending && <Loader size="sm" role="img" aria-label={t('ui.loading')} />}
      {all.map((one, index) => (
        <section key={one.version} className={classes.version}>
          <h3 className={classes.head}>
            {t('feed.version', { version: one.version })} <RelativeTime at={one.at} />
          </h3>
          {one.title && <Changed was={all[index + 1]?.title ?? one.title} now={one.title} />}
          <Changed was={all[index + 1]?.text ?? one.text} now={one.text} />
          {one.poll && <Changed was={optionsOf(all[index + 1] ?? one)} now={optionsOf(one)} />}
        </section>
      ))}
    </Dialog>
  )
}

function optionsOf({ poll }: PostVersion): string {
  return (poll?.options ?? []).map((option) => `· ${option}`).join('\n')
}

function Changed({ was, now }: { was: string; now: string }) {
  const parts = useMemo(() => difference(fromMarkdown(was).text, fromMarkdown(now).text), [was, now])
  return (
    <p className={classes.text}>
      {parts.map(({ kind, text }, index) =>
        kind === 'same' ? <span key={index}>{text}</span> : kind === 'gone' ? <del key={index}>{text}</del> : <ins key={index}>{text}</ins>,
      )}
    </p>
  )
}
