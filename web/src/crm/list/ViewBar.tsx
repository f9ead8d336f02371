// The views of a kind in one row: those that are declared, then my own, which can be saved, changed and removed.
import { TextInput } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconColumns, IconDeviceFloppy, IconPencil, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { api } from '../../api/client'
import { newId } from '../../api/ids'
import { useT } from '../../i18n/i18n'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { Dialog } from '../../ui/Dialog'
import { DialogForm } from '../../ui/DialogForm'
import { MenuButton } from '../../ui/MenuButton'
import { problemText, ProblemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { useAct } from '../../ui/useAct'
import { addressOfKind, useWords } from '../kinds'
import type { RecordKind, View } from '../wire'
import { columnsOf, isChanged, type ListState, savedConditions, searchOf, sortOf } from './conditions'
import { ColumnsDialog } from './ColumnsDialog'
import classes from './List.module.css'

interface Props {
  kind: RecordKind
  view: View | undefined
  state: ListState
}

export function ViewBar({ kind, view, state }: Props) {
  const t = useT()
  const words = useWords()
  const [, go] = useLocation()
  const queries = useQueryClient()
  const [dialog, setDialog] = useState<'save' | 'rename' | 'remove' | 'columns' | null>(null)
  const filter = savedConditions(view, state)
  const sort = sortOf(kind, view, state)
  const changed = isChanged(view, state)
  const mine = view?.mine && view.id !== null ? view : null
  const row = useRef<HTMLElement>(null)
  const here = view?.code ?? 'all'
  // The chosen one is in view, also after a reload.
  useEffect(() => {
    const chosen = row.current?.querySelector<HTMLElement>('[aria-current]')
    if (row.current && chosen) row.current.scrollLeft = chosen.offsetLeft - (row.current.clientWidth - chosen.offsetWidth) / 2
  }, [here])
  const reload = (): Promise<void> => queries.invalidateQueries({ queryKey: ['record-kinds'] })
  const path = `/records/${kind.kind}/views`
  const body = (name: string) => ({ name, base: view?.base ?? 'all', filter: filter ?? [], sort, columns: columnsOf(kind, view) })
  const keep = async (): Promise<void> => {
    if (!mine) return
    try {
      await api.put<View>(`${path}/${mine.id}`, body(words(mine.words)))
      await reload()
      go(addressOfKind(kind.kind) + searchOf({ view: mine.code, filter: null, sort: null, q: '' }), { replace: true })
    } catch (error) {
      toast(problemText(error), { tone: 'bad' })
    }
  }
  const save = async (name: string, key: string): Promise<void> => {
    const { data } = await api.post<View>(path, body(name), { key })
    await reload()
    go(addressOfKind(kind.kind) + searchOf({ view: data.code, filter: null, sort: null, q: '' }), { replace: true })
  }
  const rename = async (name: string): Promise<void> => {
    if (!mine) return
    await api.put<View>(`${path}/${mine.id}`, { name, base: mine.base, filter: mine.filter, sort: mine.sort, columns: mine.columns })
    await reload()
  }
  const choose = async (columns: string[]): Promise<void> => {
    if (mine) await api.put<View>(`${path}/${mine.id}`, { name: words(mine.words), base: mine.base, filter: mine.filter, sort: mine.sort, columns })
    else await api.put(`/records/${kind.kind}/columns`, { columns })
    await reload()
  }
  const own = kind.views.filter((one) => one.mine).map((one) => one.id)
  const place = mine ? own.indexOf(mine.id) : -1
  const move = async (by: number): Promise<void> => {
    const rest = own.filter((id) => id !== mine?.id)
    try {
      await api.put(`${path}/order`, { ids: [...rest.slice(0, place + by), mine?.id, ...rest.slice(place + by)] })
      await reload()
    } catch (error) {
      toast(problemText(error), { tone: 'bad' })
    }
  }
  const remove = async (): Promise<void> => {
    if (!mine) return
    await api.delete(`${path}/${mine.id}`)
    go(addressOfKind(kind.kind), { replace: true })
    await reload()
  }
  return (
    <nav ref={row} className={classes.views} aria-label={t('crm.views')}>
      {kind.views.map((one) => (
        <Link
          key={one.code}
          href={addressOfKind(kind.kind) + searchOf({ ...state, view: one.code, filter: null, sort: null })}
          replace
          className={classes.view}
          data-view={one.code}
          aria-current={one.code === here ? 'true' : undefined}
        >
          {words(one.words)}
        </Link>
      ))}
      <MenuButton
        label={t('crm.view_menu')}
        choices={[
            { icon: IconColumns, label: t('lists.columns'), onChoose: () => setDialog('columns') },
            mine !== null && changed && filter !== null && { icon: IconDeviceFloppy, label: t('crm.view_keep'), onChoose: () => void keep() },
            changed && filter !== null && { icon: IconDeviceFloppy, label: t('crm.view_save'), onChoose: () => setDialog('save') },
            mine !== null && { icon: IconPencil, label: t('crm.view_rename'), onChoose: () => setDialog('rename') },
            place > 0 && { icon: IconArrowLeft, label: t('lists.view_left'), onChoose: () => void move(-1) },
            place >= 0 && place < own.length - 1 && { icon: IconArrowRight, label: t('lists.view_right'), onChoose: () => void move(1) },
            mine !== null && { icon: IconTrash, label: t('crm.view_remove'), onChoose: () => setDialog('remove'), isGrave: true },
        ]}
      />
      {dialog === 'columns' && <ColumnsDialog kind={kind} columns={columnsOf(kind, view)} onSave={choose} onClose={() => setDialog(null)} />}
      {dialog === 'save' && <NameDialog title={t('crm.view_save')} name="" onSave={save} onClose={() => setDialog(null)} />}
      {dialog === 'rename' && mine && <NameDialog title={t('crm.view_rename')} name={words(mine.words)} onSave={rename} onClose={() => setDialog(null)} />}
      {mine && (
        <ConfirmDialog
          opened={dialog === 'remove'}
          title={t('crm.view_remove')}
          confirm={t('crm.view_remove')}
          onConfirm={remove}
          onClose={() => setDialog(null)}
        >
          {t('crm.view_remove_text', { name: words(mine.words) })}
        </ConfirmDialog>
      )}
    </nav>
  )
}

const MOST_NAME = 40

interface NameProps {
  title: string
  name: string
  onSave: (name: string, key: string) => Promise<void>
  onClose: () => void
}

function NameDialog({ title, name: before, onSave, onClose }: NameProps) {
  const t = useT()
  const act = useAct()
  const [name, setName] = useState(before)
  const [key] = useState(newId)
  return (
    <Dialog title={title} onClose={onClose}>
      <DialogForm
        onSubmit={() => act.run(() => onSave(name.trim(), key)).then((done) => done && onClose())}
        onCancel={onClose}
        submit={t('ui.save')}
        busy={act.busy}
        disabled={name.trim() === ''}
      >
        <TextInput
          label={t('crm.view_name')}
          value={name}
          maxLength={MOST_NAME}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
          error={act.of('name')}
        />
        <ProblemText error={act.rest(['name'])} />
      </DialogForm>
    </Dialog>
  )
}

