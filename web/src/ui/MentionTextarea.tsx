// The text field people write in: grows with its text, @ opens a list of names, # one of topics, Enter behaves with input methods.
// It is a plain textarea on purpose: Chinese input methods and phone keyboards are at home there.
import { Combobox, Loader, useCombobox } from '@mantine/core'
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { useT } from '../i18n/i18n'
import { continueList, type Edit, labelFor, mentionQuery, toggleNumbers, topicNamed, topicQuery, topicTyped } from './composing'
import classes from './MentionTextarea.module.css'
import { NameRow } from './NameRow'
import { type Named, nameKey, type NameSearch } from './names'
import type { Composer } from './useComposer'
import { useNameSearch } from './useNameSearch'

export interface MentionTextareaHandle {
  focus: () => void
  /** For a toolbar: number the chosen lines, or open the list of names. */
  toggleNumbers: () => void
  openMentions: () => void
  openTopics: () => void
  /** Where the caret stands, in place of what is chosen. */
  insert: (text: string) => void
}

type Sign = '@' | '#'
const noTopics: NameSearch = async () => []

interface Props {
  composer: Composer
  search: NameSearch
  /** Where there are topics: what # offers. */
  topics?: NameSearch
  label: string
  placeholder?: string
  /** Enter sends (Shift+Enter: new line), or Ctrl/⌘+Enter sends (Enter: new line). */
  sendOn: 'enter' | 'mod+enter'
  onSend: () => void
  /** There is something to send beside the text. */
  mayBeEmpty?: boolean
  onTyping?: () => void
  onBlur?: () => void
  minRows?: number
  autoFocus?: boolean
  maxLength?: number
  /** Where the list of names opens; below, where the field stands at the top of its page. */
  listAt?: 'top-start' | 'bottom-start'
  handle?: Ref<MentionTextareaHandle>
}

export function MentionTextarea(props: Props) {
  const { composer, search, topics, label, placeholder, sendOn, onSend, mayBeEmpty = false, onTyping, onBlur, minRows = 1, autoFocus, maxLength, handle, listAt = 'top-start' } = props
  const t = useT()
  const field = useRef<HTMLTextAreaElement>(null)
  const caretAfter = useRef<number | null>(null)
  const [query, setQuery] = useState<string | null>(null)
  const [sign, setSign] = useState<Sign>('@')
  const { found, busy } = useNameSearch(sign === '#' ? (topics ?? noTopics) : search, query)
  const open = query !== null && (found.length > 0 || busy)
  const combobox = useCombobox({ opened: open })
  const [activeId, setActiveId] = useState<string | null>(null)

  useLayoutEffect(() => {
    const area = field.current
    if (!area) return
    // The frame keeps its height while the text is measured, or the list above would scroll at every letter.
    const frame = area.parentElement as HTMLElement
    frame.style.minHeight = `${frame.offsetHeight}px`
    area.style.height = 'auto'
    area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`
    frame.style.minHeight = ''
    if (caretAfter.current !== null) {
      area.setSelectionRange(caretAfter.current, caretAfter.current)
      caretAfter.current = null
    }
  }, [composer.text])

  const begin = (): void => setActiveId(open && found.length > 0 ? combobox.selectFirstOption() : null)

  const apply = (edit: Edit): void => {
    caretAfter.current = edit.caret
    composer.setText(edit.text)
    field.current?.focus()
  }
  const lookForMention = (): void => {
    const area = field.current
    if (!area || area.selectionStart !== area.selectionEnd) return
    const caret = area.selectionStart
    const typed = topics ? topicTyped(area.value, caret, composer.mentioned) : null
    if (typed) composer.addMention(topicNamed(typed))
    const topic = topics && !typed ? topicQuery(area.value, caret, composer.mentioned) : null
    setSign(topic === null ? '@' : '#')
    setQuery(topic ?? mentionQuery(area.value, caret))
  }
  const choose = (key: string): void => {
    const area = field.current
    const named = found.find((f) => nameKey(f) === key)
    if (!area || !named || named.kind === 'record' || query === null) return
    const caret = area.selectionStart
    if (named.kind === 'topic') {
      const start = caret - query.length
      // A second # that stands there already ends it.
      const after = area.value.slice(caret).replace(/^#/, '')
      composer.addMention(topicNamed(named.name))
      apply({ text: `${area.value.slice(0, start)}${named.name}# ${after}`, caret: start + named.name.length + 2 })
      setQuery(null)
      return
    }
    const label = labelFor(named.name, named.hint, named.kind, named.id, composer.mentioned)
    const start = caret - query.length
    composer.addMention({ label, name: mentionName(named), kind: named.kind, id: named.id })
    apply({ text: `${area.value.slice(0, start)}${label} ${area.value.slice(caret)}`, caret: start + label.length + 1 })
    setQuery(null)
  }

  const begins = (by: Sign): void => {
    const area = field.current
    if (!area) return
    const caret = area.selectionStart
    const gap = /[A-Za-z0-9#&/]$/.test(area.value.slice(0, caret)) ? ` ${by}` : by
    apply({ text: area.value.slice(0, caret) + gap + area.value.slice(caret), caret: caret + gap.length })
    setSign(by)
    setQuery('')
  }
  useImperativeHandle(handle, () => ({
    focus: () => field.current?.focus(),
    toggleNumbers: () => {
      const area = field.current
      if (area) apply(toggleNumbers(area.value, area.selectionStart, area.selectionEnd))
    },
    insert: (text) => {
      const area = field.current
      if (!area) return
      const { value, selectionStart: from, selectionEnd: to } = area
      apply({ text: value.slice(0, from) + text + value.slice(to), caret: from + text.length })
    },
    openMentions: () => begins('@'),
    openTopics: () => begins('#'),
  }))

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // Enter that ends a composition belongs to the input method; Safari reports it late, as 229.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (open) {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault()
        setActiveId(event.key === 'ArrowDown' ? combobox.selectNextOption() : combobox.selectPreviousOption())
        return
      }
      if ((event.key === 'Enter' || event.key === 'Tab') && found.length > 0) {
        event.preventDefault()
        combobox.clickSelectedOption()
        return
      }
      if (event.key === 'Escape') {
        event.preventDefault()
        event.stopPropagation()
        setQuery(null)
        return
      }
    }
    if (event.key !== 'Enter') return
    const mod = event.ctrlKey || event.metaKey
    if (mod || (sendOn === 'enter' && !event.shiftKey && !event.altKey)) {
      event.preventDefault()
      if (!composer.isEmpty || mayBeEmpty) onSend()
      return
    }
    const area = event.currentTarget
    const edit = area.selectionStart === area.selectionEnd ? continueList(area.value, area.selectionStart) : null
    if (edit) {
      event.preventDefault()
      apply(edit)
    }
  }

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={choose}
      position={listAt}
      width="min(380px, calc(100vw - 24px))"
      offset={6}
      shadow="md"
      withinPortal={false}
      floatingStrategy="fixed"
    >
      <div>
        <Combobox.Target withKeyboardNavigation={false} withAriaAttributes={false}>
          <textarea
            ref={field}
            className={classes.field}
            value={composer.text}
            rows={minRows}
            aria-label={label}
            aria-haspopup="listbox"
            aria-controls={(open && combobox.listId) || undefined}
            aria-activedescendant={(open && activeId) || undefined}
            placeholder={placeholder}
            autoFocus={autoFocus}
            maxLength={maxLength}
            autoComplete="off"
            enterKeyHint={sendOn === 'enter' ? 'send' : 'enter'}
            onChange={(event) => {
              composer.setText(event.currentTarget.value)
              onTyping?.()
              if (!(event.nativeEvent as InputEvent).isComposing) lookForMention()
            }}
            onCompositionEnd={lookForMention}
            onSelect={() => query !== null && lookForMention()}
            onKeyDown={onKeyDown}
            onBlur={() => {
              setQuery(null)
              onBlur?.()
            }}
          />
        </Combobox.Target>
      </div>
      <Combobox.Dropdown hidden={!open}>
        <Combobox.Options mah={264} className={classes.options} tabIndex={0} aria-label={t(sign === '#' ? 'ui.topic_list' : 'ui.mention_list')}>
          {found.map((named) => (
            <Combobox.Option key={nameKey(named)} value={nameKey(named)}>
              <NameRow named={named} />
            </Combobox.Option>
          ))}
          {busy && found.length === 0 && (
            <Combobox.Empty>
              <Loader size="sm" />
            </Combobox.Empty>
          )}
        </Combobox.Options>
        <Begin of={open ? found : null} begin={begin} />
      </Combobox.Dropdown>
    </Combobox>
  )
}

/** Stands behind the options: however late the list is mounted, they are there when the first is chosen. */
function Begin({ of, begin }: { of: readonly Named[] | null; begin: () => void }) {
  useEffect(begin, [of])
  return null
}

function mentionName(named: Named): string {
  return named.kind === 'everyone' ? 'everyone' : named.name
}
