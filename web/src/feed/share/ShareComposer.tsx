// Writing a share: the whole screen of a phone, a panel at the right of a desk. What is written survives closing.
import { ActionIcon, Button, Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconAt, IconListNumbers } from '@tabler/icons-react'
import { useRef } from 'react'
import { useT } from '../../i18n/i18n'
import { nameSearch } from '../../live/lookup'
import { onEscape } from '../../ui/escape'
import { MentionTextarea, type MentionTextareaHandle } from '../../ui/MentionTextarea'
import { ProblemText } from '../../ui/ProblemText'
import { AudienceField } from './AudienceField'
import { fields, MOST_TEXT } from './form'
import { FieldError } from './FieldError'
import { OutsideMentions } from './OutsideMentions'
import { ReceiptsField } from './ReceiptsField'
import classes from './ShareComposer.module.css'
import { useShare } from './useShare'

const search = nameSearch({ departments: true })

export default function ShareComposer({ onClose }: { onClose: () => void }) {
  const t = useT()
  const text = useRef<MentionTextareaHandle>(null)
  const { composer, form, setForm, errors, problem, isSending, publish } = useShare(onClose)
  const isPhone = useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false }) ?? false
  const known = Object.keys(errors).length > 0 && (problem?.problem.errors ?? []).every((e) => e.field)
  return (
    <Drawer
      opened
      onClose={onClose}
      position={isPhone ? 'bottom' : 'right'}
      size={isPhone ? '100%' : 'min(100vw, 600px)'}
      title={t('feed.share')}
      closeOnEscape={false}
      onKeyDown={onEscape(onClose)}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      classNames={{ content: classes.content ?? '', header: classes.header ?? '', body: classes.body ?? '' }}
    >
      <div className={classes.scroll}>
        <div data-field="text">
          <MentionTextarea
            composer={composer}
            search={search}
            label={t('feed.share_text')}
            placeholder={t('feed.share_placeholder')}
            sendOn="mod+enter"
            onSend={publish}
            minRows={isPhone ? 6 : 8}
            maxLength={MOST_TEXT}
            autoFocus
            handle={text}
          />
          <div className={classes.tools}>
            <ActionIcon aria-label={t('ui.mention')} title={t('ui.mention')} onClick={() => text.current?.openMentions()}>
              <IconAt size={22} />
            </ActionIcon>
            <ActionIcon
              aria-label={t('ui.numbered_list')}
              title={t('ui.numbered_list')}
              onClick={() => text.current?.toggleNumbers()}
            >
              <IconListNumbers size={22} />
            </ActionIcon>
            <span className={classes.hint}>{t('feed.markdown_hint')}</span>
          </div>
          <FieldError problem={errors.text} />
        </div>
        <AudienceField value={form.audience} onChange={(audience) => setForm({ audience })} error={errors.audience} />
        <OutsideMentions
          text={composer.text}
          mentioned={composer.mentioned}
          audience={form.audience}
          onAdd={(names) => setForm({ audience: [...form.audience, ...names] })}
        />
        <ReceiptsField
          value={form.ask}
          audience={form.audience}
          onChange={(ask) => setForm({ ask })}
          error={errors.receipts}
          dueError={errors.due}
        />
        {problem && !known && <ProblemText error={problem} />}
      </div>
      <footer className={classes.footer}>
        <span className={classes.hint}>{isPhone ? '' : t('feed.mod_enter')}</span>
        <span className="tf-hidden" role="alert">
          {fields.some((field) => errors[field]) ? t('problem.invalid') : ''}
        </span>
        <Button onClick={publish} loading={isSending} className={classes.publish}>
          {t('feed.publish')}
        </Button>
      </footer>
    </Drawer>
  )
}
