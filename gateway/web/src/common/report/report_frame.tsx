// The report's own page, at a reading level and a place within it. It is framed without any right: no script, no form, no
// origin. Its words, pictures and sheets are those of every other form of the report, and are not written a second time.
import { Radio } from 'antd'
import { useState } from 'react'
import { reportWords } from '../../words/report/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { reportPath } from './answers.ts'
import type { Payload } from './payload.ts'

const kLevels = ['litigant', 'judge', 'expert'] as const
type Level = (typeof kLevels)[number]

/** Places that only some levels have (docs/judge.md). */
const kPlaces = ['report', 'summary', 'timeline', 'objections', 'law'] as const

interface ReportFrameProps {
  readonly payload: Payload
  /** Its id; the frame then begins there. */
  readonly item?: string
}

export function ReportFrame({ payload, item }: ReportFrameProps) {
  const words = useWords(reportWords)
  const { language } = useLanguage()
  const [level, setLevel] = useState<Level>('judge')
  const ofItem = payload.evidence.findIndex(({ id }) => id === item)
  const [place, setPlace] = useState(ofItem < 0 ? 'report' : `item-${ofItem + 1}`)
  const anchor = level === 'litigant' || place === 'report' ? '' : `#${place}`
  const address = `${reportPath(payload.reportNumber)}?level=${level}&lang=${language}&copy=court`
  // A frame that has just been made may have no width yet, and a place in it would be sought too early.
  const [loaded, setLoaded] = useState('')
  return (
    <section aria-label={words.frame(payload.reportNumber)} className="report-frame no-print">
      <div className="report-frame-bar">
        <Radio.Group value={level} onChange={({ target }) => setLevel(target.value as Level)} optionType="button" aria-label={words.level.title}>
          {kLevels.map((one) => <Radio.Button key={one} value={one}>{words.level[one]}</Radio.Button>)}
        </Radio.Group>
        {level === 'litigant' ? null : (
          <label>
            {words.part.title}{' '}
            <select className="plain-select" value={place} onChange={({ target }) => setPlace(target.value)}>
              {kPlaces.map((one) => <option key={one} value={one}>{words.part[one]}</option>)}
              {payload.evidence.map(({ id }, index) => <option key={id} value={`item-${index + 1}`}>{words.part.item(id)}</option>)}
            </select>
          </label>
        )}
      </div>
      <iframe key={address} title={words.frame(payload.reportNumber)} src={loaded === address ? `${address}${anchor}` : address} onLoad={() => setLoaded(address)} sandbox="" referrerPolicy="no-referrer" tabIndex={0} />
      <p className="quiet">{words.printHint}</p>
    </section>
  )
}
