// A table that becomes a list of cards where it would be wider than the page, with rows that can be chosen.
import { Checkbox } from 'antd'
import type { ReactNode } from 'react'

export interface Column<T> {
  readonly key: string
  readonly title: string
  readonly render: (row: T) => ReactNode
}

export interface Choice<T> {
  readonly chosen: ReadonlySet<string>
  readonly choose: (chosen: ReadonlySet<string>) => void
  /** For those who do not see the row. */
  readonly labelOf: (row: T) => string
  readonly allLabel: string
}

interface RowsProps<T> {
  /** What the table holds. */
  readonly caption: string
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  readonly keyOf: (row: T) => string
  readonly choice?: Choice<T>
  readonly marked?: (row: T) => boolean
}

export function Rows<T>({ caption, columns, rows, keyOf, choice, marked }: RowsProps<T>) {
  const all = rows.map(keyOf)
  const chosenHere = choice === undefined ? 0 : all.filter((key) => choice.chosen.has(key)).length
  const toggle = (key: string) => {
    if (choice === undefined) return
    const next = new Set(choice.chosen)
    if (!next.delete(key)) next.add(key)
    choice.choose(next)
  }
  return (
    <table className="rows">
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>
          {choice === undefined ? null : (
            <th scope="col" className="rows-choice no-print">
              <Checkbox
                aria-label={choice.allLabel}
                checked={chosenHere > 0 && chosenHere === all.length}
                indeterminate={chosenHere > 0 && chosenHere < all.length}
                onChange={({ target }) => choice.choose(new Set(target.checked ? all : []))}
              />
            </th>
          )}
          {columns.map(({ key, title }) => <th scope="col" key={key}>{title}</th>)}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const key = keyOf(row)
          return (
            <tr key={key} className={marked?.(row) === true ? 'rows-marked' : undefined}>
              {choice === undefined ? null : (
                <td className="rows-choice no-print">
                  <Checkbox aria-label={choice.labelOf(row)} checked={choice.chosen.has(key)} onChange={() => toggle(key)} />
                </td>
              )}
              {columns.map((column) => <td key={column.key} data-title={column.title}>{column.render(row)}</td>)}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
