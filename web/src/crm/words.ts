// Codes of the server as parts of our keys: «…_other» is a plural form there.
export function keyed<Code extends string>(code: Code): Exclude<Code, 'other'> | 'else' {
  return code === 'other' ? 'else' : (code as Exclude<Code, 'other'>)
}
