// The shape of a post while it is fetched.
import { Skeleton } from '@mantine/core'
import { useT } from '../../i18n/i18n'
import classes from './PostCard.module.css'
import head from './PostHead.module.css'

export function PostSkeleton() {
  const t = useT()
  return (
    <div className={classes.card} aria-busy="true">
      <span className="tf-hidden">{t('ui.loading')}</span>
      <div className={head.head}>
        <Skeleton height={40} circle />
        <div className={head.words}>
          <Skeleton height={14} width="30%" mb={8} />
          <Skeleton height={10} width="45%" />
        </div>
      </div>
      <Skeleton height={12} mt={12} />
      <Skeleton height={12} mt={8} width="80%" />
    </div>
  )
}
