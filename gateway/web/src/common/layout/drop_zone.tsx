import { useRef, useState, type DragEvent } from 'react'
import { Field } from './field.tsx'

interface DropZoneProps {
  readonly id?: string
  readonly label: string
  /** In the zone itself. */
  readonly invitation: string
  readonly help?: string | undefined
  readonly defect?: string | undefined
  readonly accept?: string
  readonly multiple?: boolean
  readonly onFiles: (files: readonly File[]) => void
}

/** Files by drag and drop, by pointer or by keyboard: it is a file field, made larger. */
export function DropZone({ id, label, invitation, help, defect, accept, multiple, onFiles }: DropZoneProps) {
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const take = (files: FileList | null) => {
    if (files !== null && files.length > 0) onFiles(multiple === true ? [...files] : [...files].slice(0, 1))
    // So that the same file may be chosen again.
    if (input.current !== null) input.current.value = ''
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <Field id={id} label={label} help={help} defect={defect}>
      {(described) => (
        <div
          className={over ? 'drop-zone drop-over' : 'drop-zone'}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          <input {...described} ref={input} type="file" accept={accept} multiple={multiple} onChange={(event) => take(event.target.files)} />
          <span aria-hidden="true">{invitation}</span>
        </div>
      )}
    </Field>
  )
}
