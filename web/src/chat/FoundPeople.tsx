// Below the found conversations: people of that name, one press from a conversation with them.
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useT } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import { nameSearch } from '../live/lookup'
import { openPalette } from '../ui/palette'
import { NameRow } from '../ui/NameRow'
import { problemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { useNameSearch } from '../ui/useNameSearch'
import { beginDirect } from './begin'
import classes from './FoundPeople.module.css'

const search = nameSearch({})

interface Props {
  q: string
  nothingElse: boolean
  onOpened: () => void
}

export function FoundPeople({ q, nothingElse, onOpened }: Props) {
  const t = useT()
  const me = useMyId()
  const [, go] = useLocation()
  const { found, busy, failed } = useNameSearch(search, q)
  const [opening, setOpening] = useState<number | null>(null)
  const people = found.filter((named) => named.id !== me)

  const open = async (person: number): Promise<void> => {
    setOpening(person)
    try {
      go(`/chat/${await beginDirect(person)}`)
      onOpened()
    } catch (error) {
      toast(problemText(error), { tone: 'bad' })
    } finally {
      setOpening(null)
    }
  }
  return (
    <div className={classes.found}>
      {people.length > 0 && <h2 className={classes.heading}>{t('chat.people_found')}</h2>}
      {people.map((named) => (
        <button
          key={named.id}
          type="button"
          className={classes.person}
          disabled={opening !== null}
          onClick={() => void open(named.id)}
        >
          <NameRow named={named} />
        </button>
      ))}
      <button type="button" className={classes.person} onClick={() => openPalette(q)}>
        <span className={classes.within}>
          <IconSearch size={20} stroke={1.7} aria-hidden />
          {t('search.in_messages', { q })}
        </span>
      </button>
      <p className={classes.note} role="status">
        {failed ? t('ui.search_failed') : !busy && nothingElse && people.length === 0 ? t('ui.nobody_found') : ''}
      </p>
    </div>
  )
}
