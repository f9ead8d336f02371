// The table of a post: its rows, live; one's own are filled in, changed and taken away here, everything taken along as a spreadsheet.
import { Button, Skeleton, Switch } from '@mantine/core'
import { IconPencil, IconPlus, IconTableExport, IconTrash } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { api } from '../../api/client'
import type { PostTableView, TableRowView } from '../../api/generated'
import { newId } from '../../api/ids'
import type { Post } from '../../api/types'
import { say, useLanguage, useT } from '../../i18n/i18n'
import { applyAnswer, putChange } from '../../live/answers'
import { useMyId } from '../../live/bootstrap'
import { MenuButton } from '../../ui/MenuButton'
import { ProblemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { useAct } from '../../ui/useAct'
import { isWeChat } from '../../ui/wechat'
import { RemoveRow } from './RemoveRow'
import { RowDialog } from './RowDialog'
import { useRows } from './rows'
import classes from './Table.module.css'
import { TableGrid } from './TableGrid'

const SHOWN = 5

export default function TableCard({ post, table, whole }: { post: Post; table: PostTableView; whole: boolean }) {
  const t = useT()
  const language = useLanguage()
  const me = useMyId()
  const isMine = me === post.author_id
  const mayFill = isMine || table.by_readers
  const { rows, count, error, isPending } = useRows(post.id)
  const [all, setAll] = useState(whole)
  const [editing, setEditing] = useState<TableRowView | 'new' | null>(null)
  const [leaving, setLeaving] = useState<TableRowView | null>(null)
  const key = useRef(newId())
  const shown = all ? rows : rows.slice(0, SHOWN)
  const path = `/posts/${post.id}/table/rows`
  const save = async (cells: string[], over: number | null): Promise<void> => {
    const answer =
      editing === 'new' || editing === null
        ? await api.post<TableRowView>(path, { cells }, { key: key.current })
        : await api.put<TableRowView>(`${path}/${editing.id}`, { version: over ?? editing.version, cells })
    key.current = newId()
    applyAnswer(answer.seq, [putChange('table_row', answer.data.id, answer.data)])
    setAll(true) // a row that was just filled in is seen
    toast(say('table.saved'), { tone: 'good' })
  }
  const actsOf = (row: TableRowView) => {
    const own = row.person_id === me && mayFill
    if (!own && !isMine) return null
    return (
      <MenuButton
        label={t('table.row_more', { number: rows.indexOf(row) + 1 })}
        choices={[
          own && { icon: IconPencil, label: t('table.change_row'), onChoose: () => setEditing(row) },
          { icon: IconTrash, label: t('table.remove_row'), onChoose: () => setLeaving(row), isGrave: true },
        ]}
      />
    )
  }
  return (
    <section className={classes.card} data-table={post.id} aria-label={table.name}>
      <h3 className={classes.name}>{table.name}</h3>
      {table.note && <p className={classes.hint}>{table.note}</p>}
      <ProblemText error={error} />
      {isPending ? (
        <Skeleton height={90} role="img" aria-label={t('ui.loading')} />
      ) : (
        <TableGrid
          name={table.name}
          columns={table.columns}
          named={table.by_readers || rows.some((row) => row.person_id !== post.author_id)}
          rows={shown.map((row) => ({ key: row.id, cells: row.cells, by: row.person_id, acts: actsOf(row) }))}
        />
      )}
      <div className={classes.below}>
        <span className={classes.hint} role="status" data-rows={count}>
          {t('table.rows', { count })}
        </span>
        {rows.length > shown.length && (
          <Button variant="subtle" onClick={() => setAll(true)}>
            {t('table.show_all')}
          </Button>
        )}
        {mayFill && (
          <Button variant="default" leftSection={<IconPlus size={18} />} onClick={() => setEditing('new')}>
            {t('table.fill_in')}
          </Button>
        )}
        {!isWeChat && count > 0 && (
          <Button
            component="a"
            variant="subtle"
            href={`/api/posts/${post.id}/table/sheet?language=${language}`}
            leftSection={<IconTableExport size={18} />}
          >
            {t('table.export')}
          </Button>
        )}
      </div>
      {isMine && <OpenToReaders post={post} table={table} />}
      {editing && (
        <RowDialog
          title={editing === 'new' ? t('table.fill_in_title', { name: table.name }) : t('table.change_row')}
          columns={table.columns}
          cells={editing === 'new' ? null : editing.cells}
          onSave={save}
          onClose={() => setEditing(null)}
        />
      )}
      {leaving && <RemoveRow post={post.id} row={leaving} isMine={leaving.person_id === me} onClose={() => setLeaving(null)} />}
    </section>
  )
}

function OpenToReaders({ post, table }: { post: Post; table: PostTableView }) {
  const t = useT()
  const act = useAct()
  const change = (by_readers: boolean): void => {
    void act.run(async () => {
      const answer = await api.put<Post>(`/posts/${post.id}/table`, { by_readers })
      applyAnswer(answer.seq, [putChange('post', post.id, answer.data)])
    })
  }
  return (
    <>
      <Switch
        label={t('table.by_readers')}
        checked={table.by_readers}
        disabled={act.busy}
        onChange={(event) => change(event.currentTarget.checked)}
      />
      <ProblemText error={act.error} />
    </>
  )
}
