// Changing my post: what it says, what it carries, who sees it. Where receipts were asked I say whether those that were given still
// count (N4); whom something is still asked of and who would not see it any more is said in words before it ends.
import { Alert, Button, Group, Radio, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { api } from '../../api/client'
import { asProblem } from '../../api/problem'
import type { Post, PublishedPost } from '../../api/types'
import { chosenCards } from '../../cards/chosen'
import { uploads } from '../../files/uploads'
import { listed } from '../../i18n/dates'
import { say, sayMaybe, useT } from '../../i18n/i18n'
import { applyAnswer, putChange } from '../../live/answers'
import { useMyId } from '../../live/bootstrap'
import { usePeople } from '../../live/directory'
import { useEntity } from '../../live/hooks'
import { nameSearch } from '../../live/lookup'
import { fromMarkdown } from '../../ui/composing'
import { Dialog } from '../../ui/Dialog'
import { drafts } from '../../ui/drafts'
import { MentionTextarea } from '../../ui/MentionTextarea'
import type { Named } from '../../ui/names'
import { ProblemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { useAct } from '../../ui/useAct'
import { useComposer } from '../../ui/useComposer'
import { kindOf } from '../kinds/kinds'
import { wordOf } from '../kinds/words'
import { hasEnded } from '../poll/counts'
import { formOf, pollOf } from '../poll/form'
import { noteUnreached } from '../published'
import { AudienceField } from '../share/AudienceField'
import { audienceOf } from '../share/form'
import { topicSearch } from '../topic/choices'
import { EditCarried } from './EditCarried'
import { changedParts, namedIn, swapped } from './editing'
import classes from './PostVersions.module.css'
import { useNamesIn } from './useNamesIn'
import { type Asked, StillAsked } from './StillAsked'
import { type Meanwhile, Theirs } from './Theirs'

const PollField = lazy(() => import('../poll/PollField'))
const ReachLine = lazy(() => import('../share/ReachLine'))

export default function EditPost({ post, onClose }: { post: Post; onClose: () => void }) {
  const t = useT()
  const me = useMyId()
  const place = `post.edit.${post.id}`
  const composer = useComposer(me, place)
  const search = useMemo(() => nameSearch({ departments: true, without: [me] }), [me])
  const act = useAct()
  const [again, setAgain] = useState(false)
  const { titled, amend, Fields } = kindOf(post.kind)
  const [details, setDetails] = useState(() => amend?.form(post) ?? {})
  const [title, setTitle] = useState(post.title ?? '')
  const [poll, setPoll] = useState(() => (post.poll ? formOf(post.poll) : null))
  const [kept, setKept] = useState(post.files ?? [])
  const [named, setNamed] = useState<Named[] | null>(null)
  const [stillAsked, setStillAsked] = useState<Asked | null>(null)
  const [meanwhile, setMeanwhile] = useState<Meanwhile | null>(null)
  const voters = useEntity('tally/poll', post.id)?.voters ?? 0
  const isOpen = post.poll != null && voters === 0 && !hasEnded(post.poll, new Date())
  const began = useRef(false)
  const version = useRef(post.version)
  // As it was when it was opened: what somebody else changes meanwhile must not change under me.
  const [before] = useState(post)
  const audience = namedIn(before.audience, useNamesIn(before.audience))
  useEffect(() => {
    if (began.current) return
    began.current = true
    if (!composer.isEmpty) return // typed before, and not saved
    const { text, mentioned } = fromMarkdown(post.text)
    composer.restore(text, mentioned)
    chosenCards.set(me, place, post.cards ?? [])
  }, [composer, post.text])
  const end = (): void => {
    composer.clear()
    drafts.write(me, place, { text: '', mentioned: [] })
    chosenCards.set(me, place, [])
    for (const one of uploads.at(place)) uploads.cancel(one.key)
    onClose()
  }
  const save = (release = false): void => {
    void act.run(async () => {
      const keys = uploads.at(place).map((one) => one.key)
      try {
        const fresh = await uploads.ready(keys)
        const amended = amend?.changed(details, before) ?? null
        const to = named ? audienceOf(named) : amended?.people.length ? before.audience : null
        const seeing = to && amended ? { ...to, people: [...new Set([...to.people, ...amended.people])] } : to
        const cards = swapped(chosenCards.read(me, place), amended?.cards)
        const parts = changedParts(before, [...kept, ...fresh], cards, seeing)
        const body = {
          version: version.current,
          text: composer.markdown(),
          confirm_again: again,
          ...(titled && { title }),
          ...(isOpen && poll && { poll: pollOf(poll) }),
          ...parts,
          ...(amended && { details: amended.details }),
          ...(release && { release }),
        }
        const answer = await api.patch<PublishedPost>(`/posts/${post.id}`, body)
        const { not_notified: left, ...changed } = answer.data
        applyAnswer(answer.seq, [putChange('post', post.id, changed)])
        noteUnreached(post.id, left)
        toast(say('feed.changed'), { tone: 'good' })
        for (const key of keys) uploads.forget(key)
        end()
      } catch (error) {
        const { problem } = asProblem(error)
        if (problem.code === 'wrong_state' && problem.reason === 'still_asked') {
          setStillAsked(problem as unknown as Asked)
          return
        }
        if (problem.code === 'stale_version') {
          setMeanwhile(problem as unknown as Meanwhile)
          version.current = (problem as unknown as Meanwhile).version
        }
        throw error
      }
    })
  }
  const swap = amend?.changed(details, before)?.cards
  const refused = act.error ? asProblem(act.error) : null
  const blind = usePeople(refused?.code === 'recipients_lack_access' ? ((refused.problem as { ids?: number[] }).ids ?? []) : [])
  const beside = ['title', 'audience', 'audience.people', 'audience.departments', ...(amend ? (refused?.problem.errors ?? []).map((one) => one.field).filter((one) => one.startsWith('details')) : [])]
  const carries = kept.length + uploads.at(place).length > 0
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
        onSend={() => save()}
        mayBeEmpty={carries}
        minRows={4}
        autoFocus
      />
      <EditCarried person={me} place={place} composer={composer} kept={kept} onKeep={setKept} />
      {isOpen && poll && (
        <Suspense fallback={null}>
          <PollField value={poll} onChange={setPoll} onRemove={null} error={undefined} />
        </Suspense>
      )}
      {post.poll && !isOpen && <p className={classes.note}>{t('poll.options_fixed')}</p>}
      {amend && Fields && (
        <div className={classes.audience}>
          <Suspense fallback={null}>
            <Fields value={details} onChange={setDetails} error={refused?.problem.errors?.find((one) => one.field.startsWith('details'))} audience={named ?? audience} />
          </Suspense>
        </div>
      )}
      <div className={classes.audience}>
        <AudienceField
          label={sayMaybe(`kinds.${post.kind}_audience`)}
          value={named ?? audience}
          onChange={setNamed}
          error={refused?.field('audience') ?? refused?.field('audience.people') ?? refused?.field('audience.departments')}
        />
        <Suspense fallback={null}>
          <ReachLine
            place={place}
            along={swap ? [swap.in] : []}
            text={composer.text}
            mentioned={composer.mentioned}
            audience={named ?? audience}
            onAdd={(names) => setNamed([...(named ?? audience), ...names])}
          />
        </Suspense>
      </div>
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
      {meanwhile && <Theirs meanwhile={meanwhile} />}
      {blind.length > 0 ? (
        <Alert color="yellow" role="alert" mt="md" icon={<IconAlertTriangle size={18} />}>
          <div>{t('kinds.cannot_see_source', { names: listed(blind.map((one) => one.name)) })}</div>
          <Button
            variant="default"
            mt="xs"
            onClick={() => {
              chosenCards.set(me, place, [])
              save()
            }}
          >
            {t('kinds.without_source')}
          </Button>
        </Alert>
      ) : (
        <ProblemText error={act.rest(beside)} />
      )}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={end}>
          {t('ui.cancel')}
        </Button>
        <Button loading={act.busy} disabled={composer.isEmpty && !carries} onClick={() => save()}>
          {t('feed.save')}
        </Button>
      </Group>
      {stillAsked && (
        <StillAsked
          asked={stillAsked}
          onRelease={() => {
            setStillAsked(null)
            save(true)
          }}
          onClose={() => setStillAsked(null)}
        />
      )}
    </Dialog>
  )
}
