// The way in through the company's own account provider, where one is set; says what went wrong on the way back.
import { Alert, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client'
import type { OpenIdView } from '../api/generated'
import { sayMaybe, useT } from '../i18n/i18n'

export function OpenIdDoor() {
  const t = useT()
  const { data } = useQuery({
    queryKey: ['openid'],
    queryFn: async () => (await api.get<OpenIdView>('/session/openid', { anonymous: true })).data,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const refused = new URLSearchParams(location.search).get('sign_in')
  return (
    <>
      {refused && (
        <Alert color="red" role="alert" variant="light">
          {sayMaybe(`security.openid.${refused}`) ?? t('security.openid.refused')}
        </Alert>
      )}
      {data?.name && (
        <Button component="a" href="/api/session/openid/start" variant="default" fullWidth>
          {t('security.openid', { name: data.name })}
        </Button>
      )}
    </>
  )
}
