// What the suit asks for, a claim a line: Enter, or a text of several lines that is pasted, makes more of them.
import { Button } from 'antd'
import { flushSync } from 'react-dom'
import { line } from '../../../common/format.ts'
import { TextField } from '../../../common/layout/field.tsx'
import { litigantWords } from '../../../words/litigant/index.ts'
import { useWords } from '../../../words/words.ts'
import { reliefField, type Defect } from './defects.ts'
import { useDefect } from './use_defect.ts'

interface ReliefLinesProps {
  readonly claims: readonly string[]
  readonly change: (claims: readonly string[]) => void
  readonly defects: readonly Defect[]
}

const kAdd = 'add-relief'
/** Pasted at once; each claim has a limit of its own (defects.ts). */
const kMostTyped = 50_000

/** The claims with what was typed at one of them; and where the writing goes on. */
export function typedAt(claims: readonly string[], at: number, typed: string): { readonly claims: readonly string[]; readonly next: number } {
  const parts = typed.split(/[\r\n\u2028\u2029]+/).map(line)
  const last = parts.length - 1
  // Of several lines the empty ones are none; but after Enter at the end another one begins.
  const kept = parts.every((part) => part.trim() === '') ? [parts[last] ?? ''] : parts.filter((part, place) => place === last || part.trim() !== '')
  return { claims: [...claims.slice(0, at), ...kept, ...claims.slice(at + 1)], next: at + kept.length - 1 }
}

export function ReliefLines({ claims, change, defects }: ReliefLinesProps) {
  const words = useWords(litigantWords)
  const defect = useDefect(defects)
  // At once, for what is typed next must not land in the line that had the focus.
  const goOn = (after: readonly string[], id: string) => {
    flushSync(() => change(after))
    document.getElementById(id)?.focus()
  }
  const type = (at: number, typed: string) => {
    const after = typedAt(claims, at, typed)
    if (after.next === at) change(after.claims)
    else goOn(after.claims, reliefField(after.next))
  }
  const add = () => goOn([...claims, ''], reliefField(claims.length))
  const remove = (at: number) => goOn(claims.filter((_, place) => place !== at), at < claims.length - 1 ? reliefField(at) : kAdd)
  return (
    <fieldset aria-describedby="relief-help">
      <legend>{words.file.relief} <span className="quiet">({words.optional})</span></legend>
      <p id="relief-help" className="quiet">{words.file.reliefHelp}</p>
      {claims.map((claim, at) => (
        <div key={at} className="claim">
          <TextField
            id={reliefField(at)}
            label={words.file.reliefOf(at + 1)}
            lines={2}
            value={claim}
            defect={defect(reliefField(at))}
            maxLength={kMostTyped}
            onChange={(typed) => type(at, typed)}
          />
          <Button type="link" danger onClick={() => remove(at)}>{words.file.removeRelief(at + 1)}</Button>
        </div>
      ))}
      <Button id={kAdd} onClick={add}>{words.file.addRelief}</Button>
    </fieldset>
  )
}
