// Changing my post. Where receipts were asked I say whether those that were given still count (N4).
import { Button, Group, Radio, TextInput } from '@mantine/core'
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { api } from '../../api/client'
import { asProblem } from '../../api/problem'
import type { Post, PublishedPost } from '../../api/types'
import { say, useT } from '../../i18n/i18n'
import { applyAnswer, putChange } from '../../live/answers'
import { useMyId } from '../../live/bootstrap'
import { useEntity } from '../../live/hooks'
import { nameSearch } from '../../live/lookup'
import { fromMarkdown } from '../../ui/composing'
import { Dialog } from '../../ui/Dialog'
import { drafts } from '../../ui/drafts'
import { MentionTextarea } from '../../ui/MentionTextarea'
import { ProblemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { useAct } from '../../ui/useAct'
import { useComposer } from '../../ui/useComposer'
import { kindOf } from '../kinds/kinds'
import { wordOf } from '../kinds/words'
import { hasEnded } from '../poll/counts'
import { formOf, pollOf } from '../poll/form'
import { topicSearch } from '../topic/choices'
import { noteUnreached } from '../published'
import classes from './PostVersions.module.css'

const PollField = lazy(() => import('../poll/PollField'))

export default function EditPost({ post, onClose }: { post: Post; onClose: () => void }) {
  const t = useT()
  const me = useMyId()
  const place = `post.edit.${post.id}`
  const composer = useComposer(me, place)
  const search = useMemo(() => nameSearch({ departments: true, without: [me] }), [me])
  const act = useAct()
  const [again, setAgain] = useState(false)
  const { titled } = kindOf(post.kind)
  const [title, setTitle] = useState(post.title ?? '')
  const [poll, setPoll] = useState(() => (post.poll ? formOf(post.poll) : null))
  const voters = useEntity('tally/poll', post.id)?.voters ?? 0
  const isOpen = post.poll != null && voters === 0 && !hasEnded(post.poll, new Date())
  const began = useRef(false)
  const version = useRef(post.version)
  useEffect(() => {
    if (began.current) return
    began.current = true
    if (!composer.isEmpty) return // typed before, and not saved
    const { text, mentioned } = fromMarkdown(post.text)
    composer.restore(text, mentioned)
  }, [composer, post.text])
  const end = (): void => {
    composer.clear()
    drafts.write(me, place, { text: '', mentioned: [] })
    onClose()
  }
  const save = (): void => {
    void act.run(async () => {
      try {
        const body = { version: version.current, text: composer.markdown(), confirm_again: again, ...(titled && { title }), ...(isOpen && poll && { poll: pollOf(poll) }) }
        const answer = await api.patch<PublishedPost>(`/posts/${post.id}`, body)
        const { not_notified: left, ...changed } = answer.data
        applyAnswer(answer.seq, [putChange('post', post.id, changed)])
        noteUnreached(post.id, left)
        toast(say('feed.changed'), { tone: 'good' })
        end()
      } catch (error) {
        if (asProblem(error).problem.code === 'stale_version') version.current = post.version
        throw error
      }
    })
  }
  return (
    <Dialog title={t('feed.edit_post')} onClose={end} size={640} tall>
      {titled && (
        <TextInput
          label={t('kinds.title')}
          value={title}
          maxLength={100}
          onChange={(event) => setTitle(event.currentTarget.value)}
          error={act.of('title')}
          mb="sm"
        />
      )}
      <MentionTextarea
        composer={composer}
        search={search}
        topics={topicSearch}
        label={wordOf(post.kind, 'text')}
        sendOn="mod+enter"
        onSend={save}
        mayBeEmpty={(post.files?.length ?? 0) > 0}
        minRows={4}
        autoFocus
      />
      {isOpen && poll && (
        <Suspense fallback={null}>
          <PollField value={poll} onChange={setPoll} onRemove={null} error={undefined} />
        </Suspense>
      )}
      {post.poll && !isOpen && <p className={classes.note}>{t('poll.options_fixed')}</p>}
      {post.receipts && (
        <Radio.Group
          className={classes.choice}
          label={t('feed.given_receipts')}
          value={again ? 'again' : 'minor'}
          onChange={(value) => setAgain(value === 'again')}
        >
          <Radio value="minor" label={t('feed.edit_minor')} mt="xs" />
          <Radio value="again" label={t('feed.edit_again')} mt="xs" />
        </Radio.Group>
      )}
      <ProblemText error={act.rest(['title'])} />
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={end}>
          {t('ui.cancel')}
        </Button>
        <Button loading={act.busy} disabled={composer.isEmpty && !post.files?.length} onClick={save}>
          {t('feed.save')}
        </Button>
      </Group>
    </Dialog>
  )
}
