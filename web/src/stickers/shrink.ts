// A picture that is larger than a sticker may be is made smaller before it is sent; one that moves is left alone.
export const MOST_PIXELS = 512
export const MOST_NAME = 20

/** The size in which it fits. */
export function fitted(width: number, height: number): [number, number] {
  const scale = Math.min(1, MOST_PIXELS / Math.max(width, height))
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))]
}

/** What a file is called, as the name of a sticker. */
export function nameOf(file: string): string {
  return file.replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(/[[\]()]/g, '').trim().slice(0, MOST_NAME)
}

export async function shrunk(file: File): Promise<File> {
  if (file.type === 'image/gif') return file
  try {
    const picture = await createImageBitmap(file)
    const [width, height] = fitted(picture.width, picture.height)
    if (width === picture.width && height === picture.height) return file
    const canvas = document.createElement('canvas')
    canvas.width = width
    canvas.height = height
    canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height)
    const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
    return made ? new File([made], `${nameOf(file.name) || 'sticker'}.png`, { type: 'image/png' }) : file
  } catch {
    return file // the server says what is wrong with it
  }
}
