// What a record is, for a card that says no more than that.
import { useT } from '../i18n/i18n'
import { useKind, useWords } from './kinds'

export default function RecordKindName({ kind }: { kind: string }) {
  const t = useT()
  const words = useWords()
  const declared = useKind(kind)
  return declared ? words(declared.words) : t('cards.thing')
}
