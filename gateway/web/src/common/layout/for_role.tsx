import { Suspense, type ReactNode } from 'react'
import { Navigate, useLocation } from 'react-router'
import { layoutWords } from '../../words/layout/index.ts'
import { useWords } from '../../words/words.ts'
import { useSession } from '../api/session.tsx'
import type { Role } from '../api/types.ts'
import { Button, Notice } from '../plain/plain.tsx'
import { Page } from './page.tsx'
import { HomeButton, Loading } from './states.tsx'

interface ForRoleProps {
  readonly roles: readonly Role[]
  readonly children: ReactNode
}

/** Nobody signed in: to the sign-in page and back. Another role: said so. The gateway itself decides who gets what. */
export function ForRole({ roles, children }: ForRoleProps) {
  const { session, signOut } = useSession()
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
        <div className="buttons">
          <HomeButton />
          <Button onClick={() => void signOut()}>{words.signOut}</Button>
        </div>
      </Page>
    )
  }
  return <Suspense fallback={<Loading />}>{children}</Suspense>
}
