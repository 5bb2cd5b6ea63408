// A page: its title, also of the document, and its content. A page that is gone to takes the focus, so that a screen reader
// starts there; the one that was loaded leaves it at the top.
import { useEffect, useRef, type ReactNode } from 'react'
import { layoutWords } from '../../words/layout/index.ts'
import { useWords } from '../../words/words.ts'

let isFirst = true

interface PageProps {
  readonly title: string
  /** Beside the title: what one can do here. */
  readonly actions?: ReactNode
  /** Wider than lines that are read: tables. */
  readonly wide?: boolean
  readonly children: ReactNode
}

export function Page({ title, actions, wide, children }: PageProps) {
  const words = useWords(layoutWords)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} - ${words.product}`
  }, [title, words.product])
  useEffect(() => {
    if (!isFirst) heading.current?.focus()
    isFirst = false
  }, [])
  return (
    <div className={wide === true ? 'page page-wide' : 'page'}>
      <div className="page-head">
        <h1 ref={heading} tabIndex={-1} className="page-title">{title}</h1>
        {actions === undefined ? null : <div className="page-actions no-print">{actions}</div>}
      </div>
      {children}
    </div>
  )
}
