// The fields of a share: the whole screen of a phone, a panel at the right of a desk. What is written survives closing.
// Used for one's own (ShareComposer) and for somebody else's (leaving/ActingComposer).
import { ActionIcon, Alert, Button, Switch, TextInput } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconAlertTriangle, IconAt, IconChartBar, IconHash, IconListNumbers, IconTable } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { StickerView } from '../../api/generated'
import type { Person } from '../../api/types'
import { CardButton } from '../../cards/CardButton'
import { EmojiButton } from '../../emoji/EmojiButton'
import { chosenCards } from '../../cards/chosen'
import { CardTray } from '../../cards/CardTray'
import { AttachButton } from '../../files/AttachButton'
import { MOST_FILES } from '../../files/uploads'
import { UploadTray } from '../../files/UploadTray'
import { useUploads } from '../../files/useUploads'
import { sayMaybe, useT, withTexts } from '../../i18n/i18n'
import { listed } from '../../i18n/dates'
import { useMe, useMyId } from '../../live/bootstrap'
import { connection } from '../../live/connection'
import { useSignal } from '../../live/emitter'
import { nameSearch } from '../../live/lookup'
import { store } from '../../live/store'
import { inField, stickerNamed } from '../../ui/composing'
import { MentionTextarea, type MentionTextareaHandle } from '../../ui/MentionTextarea'
import { Panel } from '../../ui/Panel'
import { fieldText, ProblemText } from '../../ui/ProblemText'
import { AudienceField } from './AudienceField'
import type { PostKind } from '../kinds/declared'
import { share as shares } from '../kinds/kinds'
import { wordOf } from '../kinds/words'
import { emptyPoll } from '../poll/form'
import { formOf as tableFormOf } from '../table/form'
import { fields, MOST_TEXT } from './form'
import { topicSearch } from '../topic/choices'
import { FieldError } from './FieldError'
import { OutsideMentions } from './OutsideMentions'
import { ReceiptsField } from './ReceiptsField'
import classes from './ShareComposer.module.css'
import type { Share } from './useShare'

const PollField = lazy(() => import('../poll/PollField'))
const TableField = lazy(withTexts(() => import('../table/TableField')))
const ChooseTable = lazy(withTexts(() => import('../table/ChooseTable')))
const ReachLine = lazy(withTexts(() => import('./ReachLine')))

/** What the platform calls the key. */
const MOD = /Mac|iP(hone|ad)/.test(navigator.userAgent) ? '⌘' : 'Ctrl'
const search = nameSearch({ departments: true })
const MOST_TITLE = 100

interface Props {
  share: Share
  title: string
  kind?: PostKind
  /** In whose name, when it is not oneself: their departments are offered, and their roles decide on receipts. */
  author?: Person
  onClose: () => void
}

export function ShareForm({ share, title, kind = shares, author, onClose }: Props) {
  const { kind: place, Fields } = kind
  const t = useT()
  const text = useRef<MentionTextareaHandle>(null)
  const { composer, form, setForm, errors, problem, isSending, publish } = share
  const chosen = useUploads(place)
  const [choosingTable, setChoosingTable] = useState(false)
  const me = useMyId()
  const { capabilities } = useMe()
  // On what is one's own alone, and in somebody else's name, there is nothing to hurry.
  const mayBeUrgent = !author && !kind.leads && (capabilities['post.mark_urgent'] ?? []).length > 0
  const files = author === undefined // in somebody else's name only their own files could be attached
  const isOnline = useSignal(connection) === 'online'
  const insertSticker = ({ name, id }: StickerView): void => {
    const sticker = stickerNamed(name, id, composer.mentioned)
    composer.addMention(sticker)
    text.current?.insert(inField(sticker))
  }
  const scroll = useRef<HTMLDivElement>(null)
  const isPhone = useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false }) ?? false
  // After the panel's own focus, which would go to its close button.
  useEffect(() => {
    if (kind.leads) return
    const timer = setTimeout(() => text.current?.focus(), 60)
    return () => clearTimeout(timer)
  }, [])
  useEffect(() => {
    scroll.current?.querySelector('[data-error]')?.scrollIntoView({ block: 'center' })
  }, [errors])
  const blind = problem?.problem.code === 'recipients_lack_access' ? ((problem.problem as { ids?: number[] }).ids ?? []) : []
  const known = Object.keys(errors).length > 0 && (problem?.problem.errors ?? []).every((e) => e.field)
  const extra = Fields && (
          <Suspense fallback={null}>
          <Fields
            value={form.details ?? {}}
            onChange={(details) => setForm({ details })}
            error={errors.details}
            audience={form.audience}
          />
          </Suspense>
  )
  return (
    <Panel onClose={onClose} width={600} rises={isPhone} title={title} bare>
      <div className={classes.scroll} ref={scroll}>
        {kind.titled && (
          <div data-field="title">
          <TextInput
            aria-label={t('kinds.title')}
            placeholder={t('kinds.title')}
            value={form.title ?? ''}
            maxLength={MOST_TITLE}
            onChange={(event) => setForm({ title: event.currentTarget.value })}
            error={errors.title && <span data-error={errors.title.code}>{fieldText(errors.title)}</span>}
            classNames={{ input: classes.title }}
          />
          </div>
        )}
        {(kind.leads || kind.begins) && extra}
        <div data-field="text" data-over={(files && chosen.isOver) || undefined} className={classes.text} {...(files ? chosen.taking : {})}>
          <MentionTextarea
            composer={composer}
            search={search}
            topics={topicSearch}
            label={wordOf(kind.kind, 'text')}
            placeholder={wordOf(kind.kind, 'placeholder')}
            sendOn="mod+enter"
            onSend={publish}
            mayBeEmpty={kind.leads === true || (files && chosen.list.length > 0)}
            minRows={kind.leads ? 2 : (isPhone ? 6 : 8) - (kind.titled || Fields ? 2 : 0)}
            maxLength={MOST_TEXT}
            listAt="bottom-start"
            handle={text}
          />
          {files && <CardTray person={me} place={place} composer={composer} />}
          {files && <UploadTray list={chosen.list} />}
          <div className={classes.tools}>
            {files && <AttachButton onChoose={chosen.add} disabled={chosen.list.length >= MOST_FILES} />}
            {files && <CardButton person={me} place={place} />}
            <EmojiButton onChoose={(emoji) => text.current?.insert(emoji)} onSticker={insertSticker} />
            <ActionIcon aria-label={t('ui.mention')} title={t('ui.mention')} onClick={() => text.current?.openMentions()}>
              <IconAt size={22} />
            </ActionIcon>
            <ActionIcon aria-label={t('ui.topic')} title={t('ui.topic')} onClick={() => text.current?.openTopics()}>
              <IconHash size={22} />
            </ActionIcon>
            <ActionIcon
              aria-label={t('ui.numbered_list')}
              title={t('ui.numbered_list')}
              onClick={() => text.current?.toggleNumbers()}
            >
              <IconListNumbers size={22} />
            </ActionIcon>
            {kind.poll && (
              <ActionIcon
                aria-label={t('poll.add')}
                title={t('poll.add')}
                aria-pressed={form.poll != null}
                disabled={form.poll != null}
                onClick={() => setForm({ poll: emptyPoll })}
              >
                <IconChartBar size={22} />
              </ActionIcon>
            )}
            {kind.table && (
              <ActionIcon
                aria-label={t('feed.table_add')}
                title={t('feed.table_add')}
                aria-pressed={form.table != null}
                disabled={form.table != null}
                onClick={() => setChoosingTable(true)}
              >
                <IconTable size={22} />
              </ActionIcon>
            )}
            <span className={classes.hint}>{t('feed.markdown_hint')}</span>
          </div>
          <FieldError problem={errors.text} />
        </div>
        {kind.poll && form.poll && (
          <Suspense fallback={null}>
            <PollField value={form.poll} onChange={(poll) => setForm({ poll })} onRemove={() => setForm({ poll: null })} error={errors.poll} />
          </Suspense>
        )}
        {kind.table && form.table && (
          <Suspense fallback={null}>
            <TableField value={form.table} onChange={(table) => setForm({ table })} onRemove={() => setForm({ table: null })} error={errors.table} />
          </Suspense>
        )}
        {choosingTable && (
          <Suspense fallback={null}>
            <ChooseTable
              onChoose={(table) => {
                setForm({ table: tableFormOf(table) })
                setChoosingTable(false)
              }}
              onClose={() => setChoosingTable(false)}
            />
          </Suspense>
        )}
        {kind.given && !kind.leads && !kind.begins && extra}
        <AudienceField label={sayMaybe(`kinds.${place}_audience`)} author={author} value={form.audience} onChange={(audience) => setForm({ audience })} error={errors.audience} />
        {(!files || !isOnline) && <OutsideMentions
          text={composer.text}
          mentioned={composer.mentioned}
          audience={form.audience}
          onAdd={(names) => setForm({ audience: [...form.audience, ...names] })}
        />}
        {files && isOnline && (
          <Suspense fallback={null}>
            <ReachLine
              place={place}
              text={composer.text}
              mentioned={composer.mentioned}
              audience={form.audience}
              besides={kind.given?.(form.details ?? {}).people}
              along={kind.given?.(form.details ?? {}).cards}
              onAdd={(names) => setForm({ audience: [...form.audience, ...names] })}
              onLeaveOut={(people) => setForm({ audience: form.audience.filter((one) => one.kind !== 'person' || !people.includes(one.id)) })}
            />
          </Suspense>
        )}
        {!kind.given && !kind.leads && extra}
        {mayBeUrgent && (
          <div data-field="urgent">
            <Switch
              label={t('feed.mark_urgent')}
              description={t('feed.mark_urgent_explained')}
              checked={form.urgent ?? false}
              onChange={(event) => setForm({ urgent: event.currentTarget.checked })}
            />
            <FieldError problem={errors.urgent} />
          </div>
        )}
        {kind.receipts && <ReceiptsField
          value={form.ask}
          audience={form.audience}
          onChange={(ask) => setForm({ ask })}
          error={errors.receipts}
          dueError={errors.due}
          questionError={errors.question}
          urgent={form.urgent ?? false}
          {...(author ? { scopes: ['all'] } : {})}
        />}
        {blind.length > 0 && (
          <Alert color="yellow" role="alert" icon={<IconAlertTriangle size={18} />} data-error="recipients_lack_access">
            <div>{t('kinds.cannot_see_source', { names: listed(blind.map((id) => store.get('person', id)?.name ?? '…')) })}</div>
            <Button
              variant="default"
              mt="xs"
              onClick={() => {
                chosenCards.set(me, place, [])
                publish()
              }}
            >
              {t('kinds.without_source')}
            </Button>
          </Alert>
        )}
        {problem && !known && blind.length === 0 && <ProblemText error={problem} />}
      </div>
      <div className={classes.footer}>
        <span className={classes.hint}>{isPhone ? '' : t('feed.mod_enter', { key: MOD })}</span>
        <span className="tf-hidden" role="alert">
          {fields.some((field) => errors[field]) ? t('problem.invalid') : ''}
        </span>
        <Button onClick={publish} loading={isSending} className={classes.publish}>
          {t('feed.publish')}
        </Button>
      </div>
    </Panel>
  )
}
