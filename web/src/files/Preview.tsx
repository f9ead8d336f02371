// A document read in the page: its words and tables, a PDF page by page as pictures. Made by the server, nothing of the file runs here.
import { Button, Loader } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client'
import { asProblem } from '../api/problem'
import type { BlockView, FileView, PreviewView } from '../api/types'
import { useT } from '../i18n/i18n'
import { Markdown } from '../ui/Markdown'
import { Panel } from '../ui/Panel'
import classes from './Preview.module.css'
import { downloadOf, pageOf, sizeText, whyNot } from './words'

interface Props {
  file: FileView
  onClose: () => void
}

/** The server makes it at the first question. */
const PATIENCE = 60_000

export default function Preview({ file, onClose }: Props) {
  const t = useT()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['preview', file.id],
    queryFn: async ({ signal }) => (await api.get<PreviewView>(`/files/${file.id}/preview`, { signal, timeout: PATIENCE })).data,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const problem = error ? asProblem(error) : null
  return (
    <Panel onClose={onClose} width={860} title={file.name}>
      <div className={classes.head}>
        <span className={classes.size}>{sizeText(file.size)}</span>
        <Button component="a" href={downloadOf(file)} variant="default" leftSection={<IconDownload size={18} />}>
          {t('files.save')}
        </Button>
      </div>
      {isPending && (
        <div className={classes.waits} role="status">
          <Loader size="sm" />
          {t('files.opening')}
        </div>
      )}
      {problem && (
        <div className={classes.refused} role="alert">
          <p>{whyNot(problem.problem)}</p>
          {problem.isPassing && <Button onClick={() => void refetch()}>{t('ui.try_again')}</Button>}
        </div>
      )}
      {data && (
        <div className={classes.sheet} data-preview>
          {data.blocks.length === 0 && <p className={classes.note}>{t('files.nothing_to_read')}</p>}
          {data.blocks.map((block, at) => (
            <Block key={at} block={block} file={file} />
          ))}
          {data.cut && <p className={classes.note}>{t('files.cut')}</p>}
        </div>
      )}
    </Panel>
  )
}

function Block({ block, file }: { block: BlockView; file: FileView }) {
  const t = useT()
  switch (block.kind) {
    case 'heading':
      return block.level < 2 ? <h3 className={classes.title}>{block.text}</h3> : <h4 className={classes.heading}>{block.text}</h4>
    case 'item':
      return <p className={classes.item}>{block.text}</p>
    case 'table':
      return <Table rows={block.rows} />
    case 'text':
      return <pre className={classes.text}>{block.text}</pre>
    case 'markdown':
      return <Markdown text={block.text} />
    case 'page':
      return block.width ? <Page block={block} file={file} /> : <p className={classes.slide}>{t('files.slide', { number: block.number })}</p>
    default:
      return <p className={classes.paragraph}>{block.text}</p>
  }
}

function Page({ block, file }: { block: BlockView; file: FileView }) {
  const t = useT()
  return (
    <img
      className={classes.page}
      src={pageOf(file, block.number)}
      width={block.width}
      height={block.height}
      alt={`${t('files.page', { number: block.number })} ${block.text}`.trim()}
      loading="lazy"
      decoding="async"
    />
  )
}

function Table({ rows }: { rows: readonly (readonly string[])[] }) {
  const t = useT()
  const width = Math.max(...rows.map((row) => row.length))
  return (
    // Scrolls by itself, with the keyboard too; the page never does sideways.
    <div className={classes.frame} role="region" aria-label={t('files.table')} tabIndex={0}>
      <table className={classes.table}>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {Array.from({ length: width }, (_, column) => (
                <td key={column}>{row[column] ?? ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
