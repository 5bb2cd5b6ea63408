import { Navigate, Route, Routes } from 'react-router'
import { NotFound } from '../../common/layout/states.tsx'
import { Cases } from './cases.tsx'
import { Check } from './check.tsx'
import { ContinueUpload } from './filing/continue_upload.tsx'
import { FileCase } from './filing/file_case.tsx'
import { OneCase } from './one_case.tsx'
import './litigant.css'
import { Receipt } from './receipt.tsx'

export default function Litigant() {
  return (
    <Routes>
      <Route index element={<Navigate to="cases" replace />} />
      <Route path="cases" element={<Cases />} />
      <Route path="cases/:id" element={<OneCase />} />
      <Route path="cases/:id/receipt" element={<Receipt />} />
      <Route path="file" element={<FileCase />} />
      <Route path="uploads/:id" element={<ContinueUpload />} />
      <Route path="check" element={<Check />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  )
}
