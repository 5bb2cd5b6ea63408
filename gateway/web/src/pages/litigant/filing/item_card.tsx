import { Button, Card, Progress } from 'antd'
import { DropZone } from '../../../common/layout/drop_zone.tsx'
import { ChoiceField, TextField } from '../../../common/layout/field.tsx'
import { declared, sizeText } from '../../../common/format.ts'
import { litigantWords } from '../../../words/litigant/index.ts'
import { useWords } from '../../../words/words.ts'
import { AskedFor } from './asked_for.tsx'
import { ComparisonNote } from './comparison_note.tsx'
import { proofsField, type Defect } from './defects.ts'
import { kCategories, type Chosen, type Item } from './draft.ts'
import { findFile } from './draft_store.ts'
import { fingerprintsIn, isScan, operatorStatement } from './proof_reading.ts'
import { withFile, withoutProof, withProof, withStatement } from './taken.ts'
import type { DraftWork } from './use_draft.ts'
import { useComparison } from './use_comparison.ts'
import { useDefect } from './use_defect.ts'

interface ItemCardProps {
  readonly item: Item
  readonly number: number
  readonly work: DraftWork
  readonly defects: readonly Defect[]
}

export function ChosenFile({ chosen, percent, onRemove }: { readonly chosen: Chosen; readonly percent: number | undefined; readonly onRemove: () => void }) {
  const words = useWords(litigantWords).file
  const name = declared(chosen.name)
  return (
    <div className="chosen">
      <div>
        <bdi className="file-name">{name}</bdi> <span className="quiet">{sizeText(chosen.size)}</span>
        <Button type="link" danger onClick={onRemove} aria-label={words.removeFile(name)}>✕</Button>
      </div>
      {percent === undefined ? null : <div role="status">{words.hashing(percent)}<Progress percent={percent} size="small" showInfo={false} aria-hidden="true" /></div>}
      {chosen.unreadable === true && percent === undefined ? <div role="alert" className="field-why">{words.unreadable}</div> : null}
      {chosen.fingerprints === undefined ? null : (
        <details>
          <summary>{words.fingerprint}</summary>
          <dl className="fingerprints">
            <dt>SHA-256</dt><dd className="fingerprint">{chosen.fingerprints['sha-256']}</dd>
            <dt>SM3</dt><dd className="fingerprint">{chosen.fingerprints.sm3}</dd>
          </dl>
        </details>
      )}
    </div>
  )
}

/** Whether it is named as an operator's statement: what no ledger would recognise, a scan or a statement in JSON. */
async function isStatement(key: string): Promise<boolean> {
  const bytes = await findFile(key)
  if (bytes === null) return false
  const head = new Uint8Array(await bytes.slice(0, 65_537).arrayBuffer())
  return isScan(head) || (bytes.size <= 65_536 && operatorStatement(head) !== null)
}

function ProofPart({ item, work, defect }: { readonly item: Item; readonly work: DraftWork; readonly defect: string | undefined }) {
  const words = useWords(litigantWords).file
  const optional = useWords(litigantWords).optional
  const comparison = useComparison(item)
  const set = (part: Partial<Item>) => work.changeItem(item.id, (now) => ({ ...now, ...part }))
  const addProofs = (files: readonly File[]) => {
    for (const file of files) {
      const { key } = work.take(item.id, file, withProof)
      // One that cannot be read is none.
      void isStatement(key).then((is) => (is ? work.changeItem(item.id, (now) => withStatement(now, key)) : undefined), () => undefined)
    }
  }
  const pastedNone = item.pasted.trim() !== '' && fingerprintsIn(item.pasted).length === 0
  return (
    <fieldset>
      <legend>{words.proofTitle}</legend>
      <TextField label={words.recordNumber} note={optional} help={words.recordNumberHelp} value={item.recordNumber} maxLength={200} onChange={(recordNumber) => set({ recordNumber })} />
      <DropZone id={proofsField(item)} label={words.proofs} invitation={words.addProof} help={words.proofsHelp} defect={defect} multiple onFiles={addProofs} />
      {item.proofs.map((proof) => (
        <ChosenFile key={proof.key} chosen={proof} percent={work.percent[proof.key]} onRemove={() => work.changeItem(item.id, (now) => withoutProof(now, proof.key))} />
      ))}
      <TextField
        label={words.pasted}
        note={optional}
        help={words.pastedHelp}
        lines={2}
        value={item.pasted}
        maxLength={20_000}
        defect={pastedNone ? words.pastedNone : undefined}
        onChange={(pasted) => set({ pasted })}
      />
      {comparison === undefined ? null : <ComparisonNote comparison={comparison} />}
    </fieldset>
  )
}

export function ItemCard({ item, number, work, defects }: ItemCardProps) {
  const words = useWords(litigantWords)
  const defect = useDefect(defects)
  const set = (part: Partial<Item>) => work.changeItem(item.id, (now) => ({ ...now, ...part }))
  const fact = (name: keyof Item['facts']) => (value: string) => work.changeItem(item.id, (now) => ({ ...now, facts: { ...now.facts, [name]: value } }))
  const takeFile = ([file]: readonly File[]) => {
    if (file !== undefined) work.take(item.id, file, withFile)
  }
  const title = words.file.item(number)
  return (
    <Card
      size="small"
      title={<h2>{title}</h2>}
      extra={<Button type="link" danger onClick={() => work.change((now) => ({ ...now, items: now.items.filter((one) => one.id !== item.id) }))}>{words.file.removeItem(title)}</Button>}
    >
      <AskedFor item={item.id} asked={work.draft.answers?.asked ?? []} />
      <DropZone
        id={`${item.id}-file`}
        label={words.file.evidenceFile}
        invitation={item.file === null ? words.file.dropHere : words.file.chooseAnother}
        defect={defect(`${item.id}-file`)}
        onFiles={takeFile}
      />
      {item.file === null ? null : <ChosenFile chosen={item.file} percent={work.percent[item.file.key]} onRemove={() => set({ file: null })} />}
      <div className="fields">
        <TextField id={`${item.id}-name`} label={words.file.name} value={item.name} defect={defect(`${item.id}-name`)} maxLength={200} onChange={(name) => set({ name })} />
        <ChoiceField
          label={words.file.category}
          value={item.category}
          options={kCategories.map((value) => ({ value, label: words.categories[value] }))}
          onChange={(category) => set({ category })}
        />
        <TextField id={`${item.id}-purpose`} label={words.file.purpose} help={words.file.purposeHelp} value={item.purpose} defect={defect(`${item.id}-purpose`)} onChange={(purpose) => set({ purpose })} />
        <TextField label={words.file.source} note={words.optional} help={words.file.sourceHelp} value={item.source} onChange={(source) => set({ source })} />
        <TextField
          id={`${item.id}-pages`}
          label={words.file.pages}
          note={words.optional}
          help={words.file.pagesHelp}
          value={item.pages}
          defect={defect(`${item.id}-pages`)}
          maxLength={10}
          inputMode="numeric"
          onChange={(pages) => set({ pages })}
        />
        <ChoiceField
          label={words.file.reliedOnBy}
          value={item.party}
          options={work.draft.parties.map((party, at) => ({ value: party.id, label: `${words.file.party(at + 1)} ${declared(party.name)}` }))}
          onChange={(party) => set({ party })}
        />
      </div>
      <ProofPart item={item} work={work} defect={defect(proofsField(item))} />
      <details>
        <summary>{words.file.facts} <span className="quiet">({words.optional})</span></summary>
        <div className="fields">
          <TextField label={words.file.who} value={item.facts.who} onChange={fact('who')} />
          <TextField label={words.file.what} value={item.facts.what} onChange={fact('what')} />
          <TextField label={words.file.when} value={item.facts.when} type="datetime-local" onChange={fact('when')} />
          <TextField label={words.file.where} value={item.facts.where} onChange={fact('where')} />
        </div>
      </details>
    </Card>
  )
}
