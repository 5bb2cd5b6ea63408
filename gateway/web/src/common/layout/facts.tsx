import type { ReactNode } from 'react'

export interface Fact {
  readonly key: string
  readonly label: ReactNode
  readonly children: ReactNode
}

/** Names and what they stand for; beside each other where there is room, unless they are `long`. */
export function Facts({ items, long }: { readonly items: readonly Fact[]; readonly long?: boolean }) {
  return (
    <dl className={long === true ? 'fact-table fact-table-long' : 'fact-table'}>
      {items.map(({ key, label, children }) => <div key={key}><dt>{label}</dt><dd>{children}</dd></div>)}
    </dl>
  )
}
