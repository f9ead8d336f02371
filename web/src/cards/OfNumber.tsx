// What is said about the record of a number, where there is one that I may read.
import type { ReactNode } from 'react'
import type { Ref } from '../api/types'
import { useOfNumber } from './nearby'

export default function OfNumber({ number, children }: { number: string; children: (ref: Ref) => ReactNode }) {
  const ref = useOfNumber(number)
  return ref && children(ref)
}
