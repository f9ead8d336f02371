// Writes Mantine's CSS variables for our theme at build time, because the CSP forbids the <style> tag Mantine would inject.
// Called by vite.config.ts; the client imports the result as `virtual:theme.css`.
import { convertCssVariables, defaultCssVariablesResolver, mergeMantineTheme, DEFAULT_THEME } from '@mantine/core'
import type { Plugin } from 'vite'
import { theme, variables } from '../src/ui/theme.ts'

const ID = 'virtual:theme.css'

function themeCss(): string {
  const merged = mergeMantineTheme(DEFAULT_THEME, theme)
  const base = defaultCssVariablesResolver(merged)
  const own = variables(merged)
  return convertCssVariables({
    variables: { ...base.variables, ...own.variables },
    light: { '--mantine-color-scheme': 'light', ...base.light, ...own.light },
    dark: { '--mantine-color-scheme': 'dark', ...base.dark, ...own.dark },
  })
}

export function themeCssPlugin(): Plugin {
  return {
    name: 'tenfour-theme-css',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load: (id) => (id === `\0${ID}` ? { code: themeCss(), moduleType: 'css' } : undefined),
  }
}
