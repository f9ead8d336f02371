// How the page on the screen was reached: by going back it stands where it stood, and one can go back only from a page
// that was reached inside Tenfour. Loaded with the shell, so that it sees every step.
let back = false
let steps = 0
// Before wouter hears it: the page may be rendered between two listeners.
addEventListener('popstate', () => (back = true), { capture: true })
// wouter tells its own steps under these names.
addEventListener(
  'pushState',
  () => {
    back = false
    steps += 1
  },
  { capture: true },
)
addEventListener('replaceState', () => (back = false), { capture: true })

export function wentBack(): boolean {
  return back
}

/** Somebody came here from another page of ours, so «back» does not leave Tenfour. */
export function arrivedHere(): boolean {
  return steps > 0
}
