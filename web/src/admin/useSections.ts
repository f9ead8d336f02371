// The sections that my roles open.
import { useMe } from '../live/bootstrap'
import { type Section, sections } from './sections'

export function useSections(): readonly Section[] {
  const { capabilities } = useMe()
  return sections.filter((one) => one.capabilities.some((name) => (capabilities[name]?.length ?? 0) > 0))
}
