// What the administration offers (PRD-25): one line per section, shown to whoever has one of its capabilities.
// A section appears here with its feature; its page lies in a folder of its own and is loaded when opened.
import type { Icon } from '@tabler/icons-react'
import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import { IconBriefcase, IconBuilding, IconBuildingBank, IconCalendar, IconCopyCheck, IconDoorEnter, IconFileUpload, IconForms, IconHash, IconHistory, IconKey, IconMoodSmile, IconNotebook, IconRipple, IconRobot, IconShieldLock, IconSitemap, IconTable, IconUsers } from '@tabler/icons-react'
import type { MessageKey } from '../i18n/types'

export interface Section {
  /** Below `/admin/`. */
  path: string
  label: MessageKey
  /** One line that says what it is for. */
  about: MessageKey
  icon: Icon
  /** Any of these lets in. */
  capabilities: readonly string[]
  page: LazyExoticComponent<ComponentType>
}

export const sections: readonly Section[] = [
  {
    path: 'people',
    label: 'org.people',
    about: 'org.people_about',
    icon: IconUsers,
    capabilities: ['people.edit'],
    page: lazy(() => import('../organisation/PeopleSection')),
  },
  {
    path: 'departments',
    label: 'org.departments',
    about: 'org.departments_about',
    icon: IconSitemap,
    capabilities: ['departments.edit'],
    page: lazy(() => import('../organisation/DepartmentsSection')),
  },
  {
    path: 'company',
    label: 'setup.section',
    about: 'setup.section_about',
    icon: IconBuilding,
    capabilities: ['company.edit'],
    page: lazy(() => import('../setup/CompanyPage')),
  },
  {
    path: 'import',
    label: 'admin.import',
    about: 'admin.import_about',
    icon: IconFileUpload,
    capabilities: ['people.import'],
    page: lazy(() => import('../people/ImportPage')),
  },
  {
    path: 'roles',
    label: 'roles.section',
    about: 'roles.section_about',
    icon: IconKey,
    capabilities: ['roles.edit'],
    page: lazy(() => import('../roles/RolesPage')),
  },
  {
    path: 'joining',
    label: 'joining.section',
    about: 'joining.section_about',
    icon: IconDoorEnter,
    capabilities: ['people.admit'],
    page: lazy(() => import('../joining/JoiningPage')),
  },
  {
    path: 'topics',
    label: 'topics.section',
    about: 'topics.section_about',
    icon: IconHash,
    capabilities: ['topics.manage'],
    page: lazy(() => import('../topics/TopicsPage')),
  },
  {
    path: 'record-fields',
    label: 'crm.fields_section',
    about: 'crm.fields_about',
    icon: IconForms,
    capabilities: ['record_fields.edit'],
    page: lazy(() => import('../crm/fields/FieldsPage')),
  },
  {
    path: 'follow-ups',
    label: 'crm.rule_section',
    about: 'crm.rule_about',
    icon: IconBriefcase,
    capabilities: ['company.edit'],
    page: lazy(() => import('../crm/followups/RulePage')),
  },
  {
    path: 'pools',
    label: 'pools.section',
    about: 'pools.about',
    icon: IconRipple,
    capabilities: ['pools.edit'],
    page: lazy(() => import('../crm/pools/PoolsPage')),
  },
  {
    path: 'registry',
    label: 'registry.section',
    about: 'registry.section_about',
    icon: IconBuildingBank,
    capabilities: ['registry.edit'],
    page: lazy(() => import('../crm/registry/RegistryPage')),
  },
  {
    path: 'duplicates',
    label: 'duplicates.section',
    about: 'duplicates.section_about',
    icon: IconCopyCheck,
    capabilities: ['duplicates.edit'],
    page: lazy(() => import('../crm/duplicates/DuplicatesPage')),
  },
  {
    path: 'tables',
    label: 'tables.section',
    about: 'tables.section_about',
    icon: IconTable,
    capabilities: ['tables.prepare'],
    page: lazy(() => import('../tables/TablesPage')),
  },
  {
    path: 'stickers',
    label: 'stickers.section',
    about: 'stickers.section_about',
    icon: IconMoodSmile,
    capabilities: ['stickers.manage'],
    page: lazy(() => import('../stickers/StickersPage')),
  },
  {
    path: 'calendar',
    label: 'calendar.title',
    about: 'calendar.about',
    icon: IconCalendar,
    capabilities: ['calendar.edit'],
    page: lazy(() => import('../calendar/CalendarPage')),
  },
  {
    path: 'logs',
    label: 'logs.section',
    about: 'logs.section_about',
    icon: IconNotebook,
    capabilities: ['log_templates.edit'],
    page: lazy(() => import('../worklog/TemplatesSection')),
  },
  {
    path: 'sign-in',
    label: 'security.sign_in_section',
    about: 'security.sign_in_about',
    icon: IconShieldLock,
    capabilities: ['roles.edit'],
    page: lazy(() => import('../security/SignInRulesPage')),
  },
  {
    path: 'robots',
    label: 'security.robots',
    about: 'security.robots_about',
    icon: IconRobot,
    capabilities: ['bots.manage'],
    page: lazy(() => import('../security/RobotsPage')),
  },
  {
    path: 'audit',
    label: 'audit.section',
    about: 'audit.section_about',
    icon: IconHistory,
    capabilities: ['audit.read'],
    page: lazy(() => import('../audit/AuditPage')),
  },
]
