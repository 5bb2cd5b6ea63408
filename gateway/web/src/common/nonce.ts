// The nonce of this answer, for the style elements that Ant Design makes: the policy allows no other ones.

/** Also given to every style element that anything makes from now on. */
export function nonce(): string {
  const value = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''
  const create = document.createElement.bind(document) as (name: string, options?: ElementCreationOptions) => HTMLElement
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const made = create(name, options)
    if (made instanceof HTMLStyleElement) made.nonce = value
    return made
  }) as typeof document.createElement
  return value
}
