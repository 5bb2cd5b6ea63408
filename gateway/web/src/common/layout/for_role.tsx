import { Suspense, type ReactNode } from 'react'
import { Navigate, useLocation } from 'react-router'
import { layoutWords } from '../../words/layout/index.ts'
import { useWords } from '../../words/words.ts'
import { useSession } from '../api/session.tsx'
import type { Role } from '../api/types.ts'
import { Notice } from '../plain/plain.tsx'
import { Page } from './page.tsx'
import { HomeButton, Loading } from './states.tsx'

interface ForRoleProps {
  readonly roles: readonly Role[]
  readonly children: ReactNode
}

/** Nobody signed in: to the sign-in page and back. Another role: said so; signing out is in the header, which says whether it worked. The gateway itself decides who gets what. */
export function ForRole({ roles, children }: ForRoleProps) {
  const { session } = useSession()
  const words = useWords(layoutWords)
  const location = useLocation()
  if (session === undefined) return <Loading />
  if (session === null) {
    const back = location.pathname + location.search
    return <Navigate to={`/sign-in?back=${encodeURIComponent(back)}`} replace />
  }
  if (!roles.includes(session.role)) {
    return (
      <Page title={words.wrongRole}>
        <Notice type="warning" message={words.wrongRoleText(words.roles[session.role])} />
        <p><HomeButton /></p>
      </Page>
    )
  }
  return <Suspense fallback={<Loading />}>{children}</Suspense>
}
