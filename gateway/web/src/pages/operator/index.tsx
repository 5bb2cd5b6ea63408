import { Route, Routes } from 'react-router'
import { AccessList } from '../../common/access/access_list.tsx'
import { NotFound } from '../../common/layout/states.tsx'
import { KeysPage } from './keys_page.tsx'
import { StatePage } from './state_page.tsx'
import { TrustPage } from './trust_page.tsx'

export default function Operator() {
  return (
    <Routes>
      <Route path="state" element={<StatePage />} />
      <Route path="trust" element={<TrustPage />} />
      <Route path="keys" element={<KeysPage />} />
      <Route path="access" element={<AccessList withCourt />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  )
}
