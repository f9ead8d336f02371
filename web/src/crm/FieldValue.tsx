// One value as it is read. `plain`: inside a row or card that is itself pressed, so nothing in it is.
import { IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Attachments } from '../files/Attachments'
import { dayOf } from '../i18n/dates'
import { useLanguage, useT } from '../i18n/i18n'
import { useDepartment, usePerson } from '../live/directory'
import { showPerson } from '../people/shown'
import { RelativeTime } from '../ui/RelativeTime'
import classes from './FieldValue.module.css'
import { addressOfRecord, useWords } from './kinds'
import { isLines } from './lines/lines'
import { LinesTable } from './lines/LinesTable'
import { PoolName } from './pools/PoolName'
import { addressText, grouped, isAddress, isCodes, isEmpty, isFiles, isLink, isMasked, moneyText, phoneText, telephone } from './values'
import type { Field, LinkValue, Value } from './wire'

interface Props {
  field: Field
  value: Value | undefined
  plain?: boolean
  /** A telephone number is pressed. */
  onDial?: () => void
}

export function FieldValue({ field, value, plain = false, onDial }: Props) {
  const t = useT()
  const words = useWords()
  const language = useLanguage()
  if (isMasked(value)) {
    return (
      <span className={classes.masked}>
        <IconLock size={14} aria-hidden />
        {value.masked}
        <span className="tf-hidden">{t('crm.masked')}</span>
      </span>
    )
  }
  if (isEmpty(value)) return <span className={classes.none}>—</span>
  if (isLink(value)) return <LinkText value={value} plain={plain} />
  if (isAddress(value)) return addressText(value, language)
  if (isLines(field, value)) return plain ? t('stages.lines', { count: value.length }) : <LinesTable field={field} lines={value} />
  if (isFiles(field, value)) return plain ? value.map((one) => one.name).join(' · ') : <Attachments files={value} />
  if (isCodes(value)) {
    return (
      <span className={classes.chips}>
        {value.map((code) => (
          <Chip key={code} field={field} code={code} />
        ))}
      </span>
    )
  }
  if (typeof value === 'boolean') return t(value ? 'crm.yes' : 'crm.no')
  if (typeof value === 'number') {
    if (field.type === 'pool') return <PoolName id={value} />
    return field.type === 'department' ? <DepartmentName id={value} /> : <PersonName id={value} plain={plain} />
  }
  const text = String(value)
  switch (field.type) {
    case 'choice':
      return <Chip field={field} code={text} />
    case 'money':
      return <Digits>{moneyText(text, field.currency)}</Digits>
    case 'percent':
      return <Digits>{grouped(text, null)} %</Digits>
    case 'number':
      return (
        <Digits>
          {grouped(text, field.decimals)}
          {field.unit && ` ${words(field.unit)}`}
        </Digits>
      )
    case 'date':
      return <time dateTime={text}>{dayOf(text)}</time>
    case 'time':
      return <RelativeTime at={text} />
    case 'phone':
      return plain ? <Digits>{phoneText(text)}</Digits> : <Outside href={telephone(text)} onPress={onDial}>{phoneText(text)}</Outside>
    case 'email':
      return plain ? text : <Outside href={`mailto:${text}`}>{text}</Outside>
    case 'url':
      return plain || !/^https?:\/\//i.test(text) ? text : <Outside href={text}>{text.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '')}</Outside>
    case 'long_text':
      return plain ? text : <span className={classes.long}>{text}</span>
    default:
      return text
  }
}

function Digits({ children }: { children: ReactNode }) {
  return <span className={classes.digits}>{children}</span>
}

function Outside({ href, onPress, children }: { href: string; onPress?: (() => void) | undefined; children: string }) {
  const isPage = href.startsWith('http')
  return (
    <a className={classes.link} href={href} onClick={onPress} {...(isPage && { target: '_blank', rel: 'noopener noreferrer nofollow' })}>
      {children}
    </a>
  )
}

function LinkText({ value, plain }: { value: LinkValue; plain: boolean }) {
  const t = useT()
  if (value.title === null) return <span className={classes.none}>{t('crm.link_hidden')}</span>
  if (plain) return value.title
  return (
    <Link className={classes.link} href={addressOfRecord(value.kind, value.id)}>
      {value.title}
    </Link>
  )
}

export function PersonName({ id, plain = false }: { id: number; plain?: boolean }) {
  const name = usePerson(id)?.name ?? '…'
  if (plain) return name
  return (
    <button type="button" className={classes.person} onClick={() => showPerson(id)}>
      {name}
    </button>
  )
}

function DepartmentName({ id }: { id: number }) {
  return useDepartment(id)?.path ?? '…'
}

/** A choice that was taken out of the list stands as its code. */
export function Chip({ field, code }: { field: Pick<Field, 'choices'>; code: string }) {
  const words = useWords()
  const choice = field.choices.find((one) => one.code === code)
  return (
    <span className={classes.chip} data-tone={choice?.tone ?? undefined}>
      {choice ? words(choice.words) : code}
    </span>
  )
}
