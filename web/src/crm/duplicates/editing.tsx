// Hint and question beside a field of a record that is there: the record itself is not its own like.
import { useKind } from '../kinds'
import type { Field, RecordRow, Value } from '../wire'
import { DuplicateDialog } from './DuplicateDialog'
import { LikesHint } from './LikesHint'
import type { Answer, Like } from './wire'

export function EditHint({ field, row, value }: { field: Field; row: RecordRow; value: Value }) {
  const kind = useKind(row.kind)
  return kind ? <LikesHint kind={kind} field={field} values={{ ...row.fields, [field.name]: value }} beside={row.id} /> : null
}

interface Props {
  kind: string
  likes: readonly Like[]
  onKeep: (answers: Answer[]) => void
  onClose: () => void
}

export function EditQuestion({ kind, ...rest }: Props) {
  const found = useKind(kind)
  return found ? <DuplicateDialog kind={found} {...rest} /> : null
}
