// Languages: i18next with flat catalogues loaded one language at a time, those of the first screen first; what to show is the person's setting,
// else the choice made on this device, else the browser's wish. Called by main.tsx, sign-in and the Me page.
import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { Language } from '../api/types'
import type { MessageKey, Params } from './types'

const KEPT = 'tenfour.language'
type Loader = () => Promise<{ default: Record<string, string> }>
const loaders: Record<Language, Loader> = { 'zh-Hans': () => import('./catalogue.zh-Hans'), en: () => import('./catalogue.en') }
const moreLoaders: Record<Language, Loader> = { 'zh-Hans': () => import('./more.zh-Hans'), en: () => import('./more.en') }
/** Whether pages beside the first screen were asked for: then every language that is shown comes whole. */
let wantsMore = false
export const languages: readonly Language[] = ['zh-Hans', 'en']
/** Each in its own words, so that everyone finds theirs. */
export const languageNames: Record<Language, string> = { 'zh-Hans': '简体中文', en: 'English' }

export const translations = i18next.createInstance()

export function deviceLanguage(): Language {
  try {
    const kept = localStorage.getItem(KEPT)
    if (kept === 'zh-Hans' || kept === 'en') return kept
  } catch {
    /* storage may be forbidden */
  }
  for (const wish of navigator.languages ?? []) {
    if (wish.toLowerCase().startsWith('zh')) return 'zh-Hans'
    if (wish.toLowerCase().startsWith('en')) return 'en'
  }
  return 'zh-Hans'
}

async function load(language: Language): Promise<void> {
  const parts = [loaders[language], ...(wantsMore ? [moreLoaders[language]] : [])]
  for (const texts of await Promise.all(parts.map((part) => part()))) {
    translations.addResourceBundle(language, 'translation', texts.default, true, true)
  }
}

/** The texts of every page, in the language that is shown. */
export function moreTexts(): Promise<void> {
  wantsMore = true
  return load(translations.language as Language)
}

/** For `lazy`: a page or dialog beside the first screen comes with its texts. */
export function withTexts<Part>(part: () => Promise<Part>): () => Promise<Part> {
  return async () => (await Promise.all([part(), moreTexts()]))[0]
}

export async function startTranslations(language = deviceLanguage()): Promise<void> {
  await translations.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false, bindI18nStore: 'added' },
  })
  await showLanguage(language)
}

export async function showLanguage(language: Language): Promise<void> {
  await load(language)
  await translations.changeLanguage(language)
  document.documentElement.lang = language
}

/** A choice made by hand on this device; the Me page also keeps it with the person. */
export async function chooseLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(KEPT, language)
  } catch {
    /* storage may be forbidden */
  }
  await showLanguage(language)
}

export type Translate = (key: MessageKey, params?: Params) => string

/** `const t = useT(); t('chat.send')`. `count` picks the plural form. */
export function useT(): Translate {
  const { t } = useTranslation(undefined, { i18n: translations })
  return t as unknown as Translate
}

/** Outside of components (toasts from events); components use useT, which follows a change of language. */
export const say: Translate = (key, params) => translations.t(key, params ?? {})

/** For keys made from codes of the server: undefined where no text exists. */
export function sayMaybe(key: string, params?: Params): string | undefined {
  return translations.exists(key, params ?? {}) ? translations.t(key, params ?? {}) : undefined
}

export function useLanguage(): Language {
  const { i18n } = useTranslation(undefined, { i18n: translations })
  return i18n.language as Language
}
