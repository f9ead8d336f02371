// Whether there is a real keyboard and pointer. Touch keyboards have no Shift+Enter worth the name.
import { useMediaQuery } from '@mantine/hooks'

export function useHasKeyboard(): boolean {
  return useMediaQuery('(hover: hover) and (pointer: fine)', true, { getInitialValueInEffect: false })
}
