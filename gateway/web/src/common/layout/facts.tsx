import { Descriptions } from 'antd'
import type { ReactNode } from 'react'

const kColumns = { xs: 1, sm: 1, md: 1, lg: 2, xl: 2, xxl: 2 }

export interface Fact {
  readonly key: string
  readonly label: ReactNode
  readonly children: ReactNode
}

/** Names and what they stand for; beside each other where there is room, unless they are `long`. */
export function Facts({ items, long }: { readonly items: readonly Fact[]; readonly long?: boolean }) {
  return <Descriptions bordered size="small" column={long === true ? 1 : kColumns} items={[...items]} />
}
