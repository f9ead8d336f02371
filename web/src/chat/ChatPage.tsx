// Conversations: list and conversation side by side at desks, one after the other on phones.
import { IconMessages } from '@tabler/icons-react'
import { useT } from '../i18n/i18n'
import { EmptyState } from '../ui/EmptyState'
import classes from './ChatPage.module.css'
import { ConversationList } from './ConversationList'
import { ConversationView } from './ConversationView'

export default function ChatPage({ params }: { params: { id?: string } }) {
  const t = useT()
  const id = Number(params.id) || null
  return (
    <div className={classes.chat} data-open={id !== null || undefined}>
      <ConversationList chosen={id} />
      <section className={classes.conversation} aria-label={t('chat.conversation')}>
        {id === null ? (
          <EmptyState icon={<IconMessages size={44} stroke={1.4} />} title={t('chat.choose')}>
            {t('chat.choose_text')}
          </EmptyState>
        ) : (
          <ConversationView key={id} id={id} />
        )}
      </section>
    </div>
  )
}
