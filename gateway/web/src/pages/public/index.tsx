import { Route, Routes } from 'react-router'
import { Page } from '../../common/layout/page.tsx'
import { NotFound } from '../../common/layout/states.tsx'
import { publicWords } from '../../words/public/index.ts'
import { useWords } from '../../words/words.ts'
import { ByFile } from './by_file.tsx'
import { ByNumber } from './by_number.tsx'

function Verify() {
  const words = useWords(publicWords)
  return (
    <Page title={words.title}>
      <p>{words.intro}</p>
      <ByFile />
      <ByNumber />
      <p className="quiet">{words.offline}</p>
    </Page>
  )
}

export default function Public() {
  return (
    <Routes>
      <Route path="verify" element={<Verify />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  )
}
