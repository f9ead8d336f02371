// A row is taken away: asked once, because it does not come back.
import { api } from '../../api/client'
import { asProblem } from '../../api/problem'
import type { TableRowView } from '../../api/generated'
import type { Id } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { applyAnswer } from '../../live/answers'
import { ConfirmDialog } from '../../ui/ConfirmDialog'

export function RemoveRow({ post, row, isMine, onClose }: { post: Id; row: TableRowView; isMine: boolean; onClose: () => void }) {
  const t = useT()
  const remove = async (): Promise<void> => {
    try {
      const { seq } = await api.delete(`/posts/${post}/table/rows/${row.id}`)
      applyAnswer(seq, [{ op: 'drop', kind: 'table_row', id: row.id }])
    } catch (error) {
      // It was taken away on another device.
      if (asProblem(error).code !== 'not_found') throw error
    }
  }
  return (
    <ConfirmDialog opened title={t('table.remove_title')} confirm={t('table.remove_row')} onConfirm={remove} onClose={onClose}>
      {t(isMine ? 'table.remove_text' : 'table.remove_others_text')}
    </ConfirmDialog>
  )
}
