// A field of a form: its label, help and defect belong to it for a screen reader, too.
import './form.css'
import { useId, type HTMLAttributes, type ReactNode } from 'react'
import { TextInput } from '../plain/plain.tsx'

export interface Described {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': boolean
}

interface FieldProps {
  readonly label: string
  readonly note?: string | undefined
  readonly help?: string | undefined
  readonly defect?: string | undefined
  /** Where a list of defects leads to. */
  readonly id?: string | undefined
  readonly children: (described: Described) => ReactNode
}

export function Field({ label, note, help, defect, id, children }: FieldProps) {
  const made = useId()
  const own = id ?? made
  const described = [help === undefined ? '' : `${own}-help`, defect === undefined ? '' : `${own}-defect`].filter((one) => one !== '').join(' ')
  return (
    <div className={defect === undefined ? 'field' : 'field field-defect'}>
      <label htmlFor={own}>{label}{note === undefined ? null : <span className="quiet"> ({note})</span>}</label>
      {children({ id: own, 'aria-describedby': described === '' ? undefined : described, 'aria-invalid': defect !== undefined })}
      {help === undefined ? null : <div id={`${own}-help`} className="quiet field-help">{help}</div>}
      {defect === undefined ? null : <div id={`${own}-defect`} className="field-why">{defect}</div>}
    </div>
  )
}

interface TextFieldProps extends Omit<FieldProps, 'children'> {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onBlur?: () => void
  readonly lines?: number
  readonly maxLength?: number
  readonly type?: 'text' | 'password' | 'datetime-local'
  readonly autoComplete?: string
  readonly inputMode?: HTMLAttributes<HTMLInputElement>['inputMode']
  readonly disabled?: boolean
  /** Has the focus when it appears. */
  readonly autoFocus?: boolean
  /** Offered by the browser while a line is typed; anything else may be written, too. */
  readonly suggestions?: readonly { readonly value: string; readonly label?: string }[]
}

export function TextField({ value, onChange, onBlur, lines, maxLength = 500, type = 'text', autoComplete, inputMode, disabled, autoFocus, suggestions, ...field }: TextFieldProps) {
  const input = { value, maxLength, autoComplete, inputMode, disabled, autoFocus, onBlur }
  return (
    <Field {...field}>
      {(described) =>
        lines === undefined ? (
          <>
            <TextInput
              {...described}
              {...input}
              type={type}
              list={suggestions === undefined ? undefined : `${described.id}-list`}
              spellCheck={type === 'text' ? undefined : false}
              onChange={(event) => onChange(event.target.value)}
            />
            {suggestions === undefined ? null : <datalist id={`${described.id}-list`}>{suggestions.map((one) => <option key={one.value} {...one} />)}</datalist>}
          </>
        ) : (
          <textarea {...described} {...input} className="text-input" rows={lines} onChange={(event) => onChange(event.target.value)} />
        )
      }
    </Field>
  )
}

interface ChoiceFieldProps<T extends string> extends Omit<FieldProps, 'children'> {
  readonly value: T | ''
  readonly options: readonly { readonly value: T; readonly label: string }[]
  /** Shown while nothing is chosen. */
  readonly placeholder?: string
  readonly onChange: (value: T) => void
}

/** The browser's own list: it opens as the phone's own, and every screen reader knows it. */
export function ChoiceField<T extends string>({ value, options, placeholder, onChange, ...field }: ChoiceFieldProps<T>) {
  return (
    <Field {...field}>
      {(described) => (
        <select {...described} className="choice" value={value} onChange={(event) => onChange(event.target.value as T)}>
          {placeholder === undefined ? null : <option value="" disabled>{placeholder}</option>}
          {options.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}
        </select>
      )}
    </Field>
  )
}
