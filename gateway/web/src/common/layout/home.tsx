import { Navigate } from 'react-router'
import { useSession } from '../api/session.tsx'
import { startOf } from './navigation.ts'
import { Loading } from './states.tsx'

/** To the first page of the role. */
export function Home() {
  const { session } = useSession()
  if (session === undefined) return <Loading />
  return <Navigate to={session === null ? '/sign-in' : startOf(session.role)} replace />
}
