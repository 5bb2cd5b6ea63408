import { Route, Routes } from 'react-router'
import { NotFound } from '../../common/layout/states.tsx'

export default function Public() {
  return (
    <Routes>
      <Route path="*" element={<NotFound />} />
    </Routes>
  )
}
