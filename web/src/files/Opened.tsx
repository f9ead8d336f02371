// A file opened in the page: a picture large, a document to read. Fetched when the first one is opened.
import { lazy, Suspense } from 'react'
import type { FileView } from '../api/types'

const Lightbox = lazy(() => import('./Lightbox'))
const Preview = lazy(() => import('./Preview'))

export function Opened({ file, onClose }: { file: FileView; onClose: () => void }) {
  return (
    <Suspense>
      {file.kind === 'picture' ? (
        <Lightbox pictures={[file]} at={0} onMove={() => undefined} onClose={onClose} />
      ) : (
        <Preview file={file} onClose={onClose} />
      )}
    </Suspense>
  )
}
