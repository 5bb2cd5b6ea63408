import { Route, Routes } from 'react-router'
import { NotFound } from '../../common/layout/states.tsx'
import { AccessPage } from './access_page.tsx'
import { CasePage } from './case_page.tsx'
import { ImportPage } from './import_page.tsx'
import { RequestPage } from './request_page.tsx'
import { Worklist } from './worklist.tsx'

export default function Clerk() {
  return (
    <Routes>
      <Route path="worklist" element={<Worklist />} />
      <Route path="import" element={<ImportPage />} />
      <Route path="cases/:id" element={<CasePage />} />
      <Route path="cases/:id/request" element={<RequestPage />} />
      <Route path="access" element={<AccessPage />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  )
}
