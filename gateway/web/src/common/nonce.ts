// The nonce of this answer: the policy allows no other style elements. It is given to every one that anything makes from now on.
export const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''

const create = document.createElement.bind(document) as (name: string, options?: ElementCreationOptions) => HTMLElement
document.createElement = ((name: string, options?: ElementCreationOptions) => {
  const made = create(name, options)
  if (made instanceof HTMLStyleElement) made.nonce = nonce
  return made
}) as typeof document.createElement
