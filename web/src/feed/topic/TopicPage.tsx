// A topic's own page: all of its posts that I may see, newest first, and how many they are (FEED-27).
import { Badge, Button } from '@mantine/core'
import { IconHash, IconPencil } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { Link, useLocation } from 'wouter'
import { useT } from '../../i18n/i18n'
import { useCan, useMyId } from '../../live/bootstrap'
import { useSelector } from '../../live/hooks'
import type { Store } from '../../live/store'
import { ShownPerson } from '../../people/ShownPerson'
import { topicNamed } from '../../ui/composing'
import { drafts } from '../../ui/drafts'
import { EmptyState } from '../../ui/EmptyState'
import { Page } from '../../ui/Page'
import { ProblemText } from '../../ui/ProblemText'
import { EVERYTHING, folded, nameIn } from '../filter/filter'
import { FilteredTimeline } from '../filter/FilteredTimeline'
import { SHARE } from '../share/form'
import { SHARE_ADDRESS } from '../share/place'
import { arrivedHere } from '../wentBack'
import { useTopic } from './choices'
import classes from './Topic.module.css'

export default function TopicPage({ params }: { params: { name: string } }) {
  const t = useT()
  const [, go] = useLocation()
  const me = useMyId()
  const mayShare = useCan('post.share')
  const name = nameIn(unescaped(params.name))
  const topic = useTopic(name)
  const filter = useMemo(() => ({ ...EVERYTHING, topic: name }), [name])
  const keys = topic.data?.keys ?? (name === null ? [] : [folded(name)])
  // The count is the server's: asked for anew when a post of the topic comes or goes here.
  const select = useCallback(
    (from: Store) => from.posts().filter((post) => post.topics?.some((key) => keys.includes(key)) && !from.get('hidden', post.id)).length,
    // biome-ignore lint: compared by its text
    [keys.join('\n')],
  )
  const here = useSelector(['post', 'hidden'], select)
  const before = useRef(here)
  useEffect(() => {
    if (before.current !== here) void topic.refetch()
    before.current = here
  }, [here, topic])
  const back = (): void => (arrivedHere() ? history.back() : go('/'))
  if (name === null) {
    return (
      <Page title={t('topics.topic')} onBack={back}>
        <EmptyState
          icon={<IconHash size={48} stroke={1.4} />}
          title={t('topics.no_name')}
          action={
            <Button component={Link} href="/">
              {t('ui.to_work')}
            </Button>
          }
        />
      </Page>
    )
  }
  const shown = topic.data?.name ?? name
  const write = (): void => {
    const draft = drafts.read(me, SHARE)
    // What stands there as a draft is kept; the topic comes before it.
    const mentioned = [...draft.mentioned.filter((one) => one.kind !== 'topic' || one.name !== shown), topicNamed(shown)]
    if (!draft.text.includes(`#${shown}#`)) drafts.write(me, SHARE, { text: `#${shown}# ${draft.text}`, mentioned })
    go(SHARE_ADDRESS)
  }
  return (
    <Page
      title={`#${shown}#`}
      onBack={back}
      actions={
        mayShare && (
          <Button variant="light" leftSection={<IconPencil size={18} />} onClick={write}>
            {t('topics.write')}
          </Button>
        )
      }
    >
      <p className={classes.facts} data-topic-posts={topic.data?.posts}>
        {topic.data && <span aria-live="polite">{t('topics.posts', { count: topic.data.posts })}</span>}
        {topic.data?.is_official && <Badge variant="light">{t('topics.official')}</Badge>}
        {topic.data?.is_retired && <Badge variant="default">{t('topics.retired')}</Badge>}
      </p>
      <ProblemText error={topic.error} />
      <FilteredTimeline filter={filter} />
      <ShownPerson />
    </Page>
  )
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
