// Whether a person is at the page. What it asks by itself while nobody is there must not keep a session from ending "after a while
// without activity": client.ts marks it, and the gateway leaves the session's clock alone then.
const kAwayMs = 60_000

// A click also where none of the others is: assistive technology and voice control press without a pointer.
const kSigns = ['pointerdown', 'keydown', 'wheel', 'touchstart', 'click', 'input'] as const

// A page is opened by somebody.
let last = Date.now()

/** Once, of the window. */
export function watchPerson(page: EventTarget): void {
  const seen = () => {
    last = Date.now()
  }
  // Before anything within the page may stop them on their way.
  for (const sign of kSigns) page.addEventListener(sign, seen, { capture: true, passive: true })
}

/** Nobody did anything for more than a minute. */
export const isUnattended = (): boolean => Date.now() - last > kAwayMs
