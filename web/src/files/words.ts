// What is said about files: sizes, why one is not taken, a line for lists, addresses.
import { ApiProblem } from '../api/problem'
import type { FileView, Problem } from '../api/types'
import { say } from '../i18n/i18n'
import { fieldText, problemText } from '../ui/ProblemText'

const UNITS = ['B', 'KB', 'MB', 'GB'] as const

export function sizeText(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${value < 10 && unit > 0 ? Math.round(value * 10) / 10 : Math.round(value)} ${UNITS[unit]}`
}

export function whyNot(problem: Problem): string {
  const first = problem.errors?.[0]
  if (!first) return problemText(new ApiProblem(problem))
  const limit = Number(first.params?.limit)
  return first.field === 'size' && limit ? say('files.limit', { size: sizeText(limit) }) : fieldText(first)
}

/** «[Picture] ×3» or «[File] offer.pdf», where there is room for one line only. */
export function filesLine(files: readonly FileView[] | undefined): string {
  const first = files?.[0]
  if (!files || !first) return ''
  if (files.every((file) => file.kind === 'picture')) {
    return files.length > 1 ? say('files.line_pictures', { number: files.length }) : say('files.line_picture')
  }
  const more = files.length > 1 ? ` +${files.length - 1}` : ''
  return `${say('files.line_file', { name: first.name })}${more}`
}

export function contentOf(file: FileView, size: 'thumb' | 'large' | 'full' = 'full'): string {
  return `/api/files/${file.id}/content${size === 'full' ? '' : `?size=${size}`}`
}

/** Whether it can be read in the page without opening it; names end as their content deserves (server/files/names.py). */
export function hasPreview(file: FileView): boolean {
  return file.kind === 'pdf' || file.kind === 'text' || /\.(docx|xlsx|pptx)$/i.test(file.name)
}

export function pageOf(file: FileView, number: number): string {
  return `/api/files/${file.id}/pages/${number}`
}

export function downloadOf(file: FileView): string {
  return `/api/files/${file.id}/content?download=true`
}
