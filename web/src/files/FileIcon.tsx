// The mark of a kind of file.
import {
  IconFile,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconMusic,
  IconPhoto,
  IconPresentation,
  IconTable,
  IconVideo,
} from '@tabler/icons-react'
import type { FileView } from '../api/types'

const ICONS = {
  picture: IconPhoto,
  video: IconVideo,
  audio: IconMusic,
  pdf: IconFileTypePdf,
  document: IconFileText,
  sheet: IconTable,
  slides: IconPresentation,
  text: IconFileText,
  archive: IconFileZip,
}

export function FileIcon({ kind, size = 24 }: { kind: FileView['kind'] | null; size?: number }) {
  const Icon = kind ? ICONS[kind] : IconFile
  return <Icon size={size} stroke={1.6} aria-hidden />
}
