// Which page of the PDFs beside each other is shown, and how large: one choice for both sides.
import { Button } from 'antd'
import { useEffect, useId, useState } from 'react'
import { judgeWords } from '../../words/judge/index.ts'
import { useWords } from '../../words/words.ts'

interface PageChoiceProps {
  readonly page: number
  /** How many the longer file has. */
  readonly most: number
  readonly choose: (page: number) => void
  /** Widths of the frame. */
  readonly zoom: number
  readonly enlarge: (zoom: number) => void
}

const zooms = [1, 1.5, 2, 3]

export function PageChoice({ page, most, choose, zoom, enlarge }: PageChoiceProps) {
  const words = useWords(judgeWords)
  const field = useId()
  // What is being typed need not be a page yet.
  const [typed, setTyped] = useState(String(page))
  useEffect(() => setTyped(String(page)), [page])
  const type = (text: string) => {
    setTyped(text)
    const number = Number(text)
    if (/^\d+$/.test(text) && number >= 1 && number <= most) choose(number)
  }
  return (
    <div className="buttons page-choice" role="group" aria-label={words.pages}>
      <Button disabled={page <= 1} onClick={() => choose(page - 1)}>{words.previousPage}</Button>
      <label htmlFor={field}>{words.page}</label>
      <input id={field} type="number" inputMode="numeric" className="plain-select" min={1} max={most} value={typed}
        onChange={({ target }) => type(target.value)} onBlur={() => setTyped(String(page))} />
      <Button disabled={page >= most} onClick={() => choose(page + 1)}>{words.nextPage}</Button>
      <select className="plain-select" aria-label={words.pageSize} value={zoom} onChange={({ target }) => enlarge(Number(target.value))}>
        {zooms.map((one) => <option key={one} value={one}>{one === 1 ? words.fitWidth : words.enlarged(one * 100)}</option>)}
      </select>
      <span role="status">{words.pageOf(page, most)}</span>
    </div>
  )
}
