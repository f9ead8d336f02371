// Above the text of a sales record: of which sort it was. With whom, its card says.
import type { Post } from '../../../api/types'
import { useT } from '../../../i18n/i18n'
import fields from '../Fields.module.css'
import { salesOf, sortWord } from './sorts'

export function SalesLine({ post }: { post: Post }) {
  useT()
  const view = salesOf(post)
  if (!view) return null
  return (
    <div className={fields.chips} data-sales={view.sort}>
      <span className={fields.chip}>{sortWord(view.sort)}</span>
    </div>
  )
}
