// Declarations name their icon; one that this version does not know stands as a card.
import { IconAddressBook, IconBriefcase, IconBuilding, IconCards, IconCoin, IconFileInvoice, IconPackage, IconTargetArrow, IconUser, type Icon } from '@tabler/icons-react'

const ICONS: Record<string, Icon> = {
  'address-book': IconAddressBook,
  briefcase: IconBriefcase,
  building: IconBuilding,
  coin: IconCoin,
  contact: IconAddressBook,
  invoice: IconFileInvoice,
  money: IconCoin,
  package: IconPackage,
  person: IconUser,
  quote: IconFileInvoice,
  target: IconTargetArrow,
  user: IconUser,
}

export function iconOf(name: string): Icon {
  return ICONS[name] ?? IconCards
}
