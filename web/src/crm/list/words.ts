// Conditions and sorts as people say them.
import { dayOf, listed, relativeDay } from '../../i18n/dates'
import { sayMaybe, say, useLanguage } from '../../i18n/i18n'
import { useDepartment, usePerson } from '../../live/directory'
import { useWords } from '../kinds'
import { usePools } from '../pools/usePools'
import { grouped, moneyText } from '../values'
import type { Condition, Field } from '../wire'
import { formOf } from './conditions'

export function operatorText(operator: string): string {
  return sayMaybe(`crm.op_${operator}`) ?? operator
}

/** «is one of» goes without saying; names that are not known yet stand as «…». */
export function useConditionText(field: Field, conditions: readonly Condition[]): string {
  useLanguage()
  const words = useWords()
  const pools = usePools().data
  const [, operator = 'filled', value] = conditions[0] ?? []
  const named = field.type === 'person' || field.type === 'department'
  const ids = named && Array.isArray(value) ? (value as unknown[]) : []
  const first = typeof ids[0] === 'number' ? ids[0] : null
  const person = usePerson(field.type === 'person' ? first : null)
  const department = useDepartment(field.type === 'department' ? first : null)
  if (operator === 'empty' || operator === 'filled') return operatorText(operator)
  const { operator: way, least, most } = formOf(field, conditions)
  if (way === 'between') {
    if (least === most) return endText(field, least)
    const [from, to] = [least && endText(field, least), most && endText(field, most)]
    return from && to ? say('crm.between', { from, to }) : from ? say('crm.from', { from }) : say('crm.to', { to })
  }
  const before = operator === 'in' || operator === 'is' ? '' : `${operatorText(operator)} `
  if (named) {
    const name = ids[0] === 'me' ? say('crm.me') : (person?.name ?? department?.name ?? '…')
    return before + (ids.length > 1 ? say('crm.and_others', { name, count: ids.length - 1 }) : name)
  }
  if (field.type === 'pool' && Array.isArray(value)) return before + listed(value.map((id) => pools?.find((one) => one.id === id)?.name ?? say('pools.another')))
  if (Array.isArray(value)) {
    const codes = value as unknown[]
    if (field.type === 'link') return before + say('crm.chosen', { count: codes.length })
    return before + listed(codes.map((code) => choiceText(field, String(code), words)))
  }
  if (typeof value === 'boolean') return say(value ? 'crm.yes' : 'crm.no')
  return before + String(value)
}

function choiceText(field: Field, code: string, words: ReturnType<typeof useWords>): string {
  const choice = field.choices.find((one) => one.code === code)
  return choice ? words(choice.words) : code
}

function endText(field: Field, text: string): string {
  if (text.startsWith('days:')) return relativeDay(Number(text.slice(5)))
  if (field.type === 'date') return dayOf(text)
  if (field.type === 'time') return text.includes('T') ? dayOf(text.slice(0, 10)) : dayOf(text)
  return field.type === 'money' ? moneyText(text, field.currency) : grouped(text, field.decimals)
}

