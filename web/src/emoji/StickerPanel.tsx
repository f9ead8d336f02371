// The panel's second tab: the company's stickers, pressed they are sent.
import { Skeleton } from '@mantine/core'
import type { StickerView } from '../api/generated'
import { useT } from '../i18n/i18n'
import { ProblemText } from '../ui/ProblemText'
import classes from './EmojiPanel.module.css'
import { pictureOf, useStickers } from './stickers'

export function StickerPanel({ onChoose }: { onChoose: (sticker: StickerView) => void }) {
  const t = useT()
  const { offered, error, isPending } = useStickers()
  return (
    <div className={classes.area}>
      <ProblemText error={error} />
      {isPending && offered.length === 0 && <Skeleton height={120} />}
      {!isPending && !error && offered.length === 0 && <p className={classes.none}>{t('emoji.no_stickers')}</p>}
      <div className={classes.stickers}>
        {offered.map((one) => (
          <button key={one.id} type="button" className={classes.sticker} title={one.name} data-choose-sticker={one.id} onClick={() => onChoose(one)}>
            <img src={pictureOf(one)} alt={one.name} width={64} height={64} loading="lazy" draggable={false} />
          </button>
        ))}
      </div>
    </div>
  )
}
