// What stands at the end of every page's head on a phone: the shell fills it (search, bell), pages show it.
import { createContext, type ReactNode } from 'react'

export const Corner = createContext<ReactNode>(null)
