import { Route, Routes } from 'react-router'
import { Page } from '../../common/layout/page.tsx'
import { NotFound } from '../../common/layout/states.tsx'
import { SubmissionList } from '../../common/list/submission_list.tsx'
import { judgeWords } from '../../words/judge/index.ts'
import { useWords } from '../../words/words.ts'
import { CasePage } from './case_page.tsx'
import { ComparePage } from './compare_page.tsx'
import { ItemPage } from './item_page.tsx'

function Cases() {
  const words = useWords(judgeWords)
  return (
    <Page wide title={words.cases}>
      <SubmissionList linkOf={({ id }) => `/judge/cases/${id}`} />
    </Page>
  )
}

export default function Judge() {
  return (
    <Routes>
      <Route path="cases" element={<Cases />} />
      <Route path="cases/:id" element={<CasePage />} />
      <Route path="cases/:id/items/:item" element={<ItemPage />} />
      <Route path="cases/:id/compare" element={<ComparePage />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  )
}
