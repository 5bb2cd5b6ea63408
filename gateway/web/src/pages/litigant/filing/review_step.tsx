import { Alert } from 'antd'
import { declared, sizeText } from '../../../common/format.ts'
import { Claims } from '../../../common/report/claims.tsx'
import { litigantWords } from '../../../words/litigant/index.ts'
import { useWords } from '../../../words/words.ts'
import type { Court } from '../../../common/api/types.ts'
import { claimsOf, type Draft, type Item } from './draft.ts'
import { pageCount } from './numbers.ts'
import { ComparisonNote, isWarning } from './comparison_note.tsx'
import { useComparison } from './use_comparison.ts'

function ItemReview({ item }: { readonly item: Item }) {
  const words = useWords(litigantWords)
  const comparison = useComparison(item)
  const { file } = item
  const pages = pageCount(item.pages)
  return (
    <li>
      <strong><bdi>{declared(item.name)}</bdi></strong> ({words.categories[item.category]})
      <div><bdi>{declared(item.purpose)}</bdi></div>
      {pages === null ? null : <div className="quiet">{words.review.pages(pages)}</div>}
      {file === null ? null : <div className="quiet"><bdi>{declared(file.name)}</bdi>, {sizeText(file.size)}; {words.review.proofCount(item.proofs.length)}</div>}
      {isWarning(comparison) ? <ComparisonNote comparison={comparison ?? null} /> : null}
    </li>
  )
}

export function ReviewStep({ draft, court }: { readonly draft: Draft; readonly court: Court | undefined }) {
  const words = useWords(litigantWords)
  const claims = claimsOf(draft)
  return (
    <>
      <Alert type="info" showIcon message={words.review.notice} />
      <dl className="facts">
        <dt>{words.file.court}</dt><dd>{court?.name ?? words.review.none}</dd>
        <dt>{words.file.caseNumber}</dt><dd><bdi>{draft.caseNumber.trim() === '' ? words.review.none : declared(draft.caseNumber)}</bdi></dd>
        <dt>{words.file.myRole}</dt><dd>{words.roles[draft.role]}</dd>
        <dt>{words.file.cause}</dt><dd><bdi>{draft.cause.trim() === '' ? words.review.none : declared(draft.cause)}</bdi></dd>
        <dt>{words.file.relief}</dt><dd>{claims.length === 0 ? words.review.none : <Claims claims={claims.map(declared)} />}</dd>
        {draft.parties.map((party) => (
          <div key={party.id} className="fact-pair"><dt>{words.roles[party.role]}</dt><dd><bdi>{declared(party.name)}</bdi> {party.idNumber}</dd></div>
        ))}
      </dl>
      <ol className="review">{draft.items.map((item) => <ItemReview key={item.id} item={item} />)}</ol>
    </>
  )
}
