// Colours, type and sizes of Tenfour. Read at build time too (build/theme-css.ts), so it imports no component and no css.
import type { CSSVariablesResolver, MantineColorsTuple, MantineThemeOverride } from '@mantine/core'

/** Tide, our green-blue. White text is readable from shade 6 on. */
const tide: MantineColorsTuple = [
  '#edf9f7', '#d6efeb', '#abdfd8', '#7acdc3', '#4fbab0', '#289f96', '#14827a', '#0e6b66', '#0b5651', '#07403d',
]

/** Mantine's greys of the dark scheme, with a breath of the brand. */
const dark: MantineColorsTuple = [
  '#e4e8ea', '#b9c1c7', '#98a2aa', '#6b757d', '#3a4349', '#2d3439', '#1f2528', '#15191b', '#111416', '#0d0f11',
]

const font =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", "PingFang SC", "Hiragino Sans GB", ' +
  '"Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif'

/** Everything a thumb presses is 44 px, unless a size is asked for by name. */
const thumb = (name: string) => (_theme: unknown, props: { size?: unknown }) => ({
  root: props.size === undefined ? { [name]: '44px' } : {},
})
const field = { size: 'md' }

export const theme: MantineThemeOverride = {
  primaryColor: 'tide',
  primaryShade: { light: 7, dark: 6 },
  colors: { tide, dark },
  fontFamily: font,
  headings: { fontFamily: font, fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Its words are its label, which a plain <span> may not have.
    Loader: { defaultProps: { role: 'img' } },
    Button: { vars: thumb('--button-height') as never },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' }, vars: thumb('--ai-size') as never },
    CloseButton: { defaultProps: { iconSize: 20 }, vars: thumb('--cb-size') as never },
    // 16 px text keeps phones from zooming into a field.
    TextInput: { defaultProps: field },
    PasswordInput: { defaultProps: field },
    Textarea: { defaultProps: field },
    Select: { defaultProps: field },
    NativeSelect: { defaultProps: field },
    NumberInput: { defaultProps: field },
    PillsInput: { defaultProps: field },
    Checkbox: { defaultProps: field },
    Radio: { defaultProps: field },
    Switch: { defaultProps: field },
    // The scroll lock of react-remove-scroll writes a <style> tag, which the CSP forbids; our pages scroll inside <main>.
    Modal: { defaultProps: { lockScroll: false, centered: true, radius: 'lg' } },
    Drawer: { defaultProps: { lockScroll: false } },
  },
}

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#55606a',
    '--mantine-color-placeholder': '#68727b',
    '--mantine-color-error': '#c22727',
    '--mantine-color-text': '#15191d',
    '--mantine-color-anchor': '#0b5651',
  },
  dark: {
    '--mantine-color-body': '#15191b',
    '--mantine-color-dimmed': '#a4adb5',
    '--mantine-color-placeholder': '#98a2aa',
    '--mantine-color-error': '#ff8a87',
    '--mantine-color-text': '#e4e8ea',
    '--mantine-color-anchor': '#7acdc3',
  },
})
