import { Button, Card } from 'antd'
import { ChoiceField, TextField } from '../../../common/layout/field.tsx'
import { litigantWords } from '../../../words/litigant/index.ts'
import { useWords } from '../../../words/words.ts'
import type { Defect } from './defects.ts'
import { kIdTypes, kKinds, kRoles, newParty, type Draft, type IdType, type Kind, type Party } from './draft.ts'
import { tidy } from './numbers.ts'
import { useDefect } from './use_defect.ts'

interface PartiesProps {
  readonly draft: Draft
  readonly change: (change: (draft: Draft) => Draft) => void
  readonly defects: readonly Defect[]
}

const usualType = (kind: Kind): IdType => (kind === 'NATURAL_PERSON' ? 'RESIDENT_ID' : 'USCC')

export function PartiesStep({ draft, change, defects }: PartiesProps) {
  const words = useWords(litigantWords)
  const defect = useDefect(defects)
  const set = (id: string, part: Partial<Party>) =>
    change((now) => ({ ...now, parties: now.parties.map((party) => (party.id === id ? { ...party, ...part } : party)) }))
  const remove = (id: string) =>
    change((now) => {
      const parties = now.parties.filter((party) => party.id !== id)
      // An item must not be left to a party that is gone.
      return { ...now, parties, items: now.items.map((item) => (item.party === id ? { ...item, party: parties[0]?.id ?? '' } : item)) }
    })
  const options = <T extends string>(values: readonly T[], labels: Readonly<Record<T, string>>) => values.map((value) => ({ value, label: labels[value] }))
  return (
    <>
      {draft.parties.map((party, at) => (
        <Card
          key={party.id}
          size="small"
          title={<h2>{words.file.party(at + 1)}</h2>}
          extra={<Button type="link" danger onClick={() => remove(party.id)}>{words.file.removeParty(words.file.party(at + 1))}</Button>}
        >
          <div className="fields">
            <ChoiceField label={words.file.partyRole} value={party.role} options={options(kRoles, words.roles)} onChange={(role) => set(party.id, { role })} />
            <ChoiceField
              label={words.file.partyKind}
              value={party.kind}
              options={options(kKinds, words.kinds)}
              onChange={(kind) => set(party.id, { kind, ...(party.idNumber === '' ? { idType: usualType(kind) } : {}) })}
            />
            <TextField id={`${party.id}-name`} label={words.file.partyName} value={party.name} defect={defect(`${party.id}-name`)} maxLength={200} onChange={(name) => set(party.id, { name })} />
            <ChoiceField label={words.file.idType} value={party.idType} options={options(kIdTypes, words.idTypes)} onChange={(idType) => set(party.id, { idType })} />
            <TextField
              id={`${party.id}-number`}
              label={words.file.idNumber}
              note={words.optional}
              help={words.file.idNumberHelp}
              value={party.idNumber}
              defect={defect(`${party.id}-number`)}
              maxLength={60}
              onChange={(idNumber) => set(party.id, { idNumber })}
              onBlur={() => set(party.id, { idNumber: tidy(party.idNumber) })}
            />
          </div>
        </Card>
      ))}
      <div>
        <Button id="add-party" onClick={() => change((now) => ({ ...now, parties: [...now.parties, newParty(now.parties, 'OTHER')] }))}>{words.file.addParty}</Button>
      </div>
    </>
  )
}
