import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { useSession } from '../../common/api/session.tsx'
import { Page } from '../../common/layout/page.tsx'
import { Panel } from '../../common/plain/plain.tsx'
import { signInWords } from '../../words/sign_in/index.ts'
import { useWords } from '../../words/words.ts'
import { SignInForm } from './sign_in_form.tsx'

/** A page of ours, never another address. */
export function safeWayBack(asked: string | null): string {
  return asked !== null && /^\/[a-z]/.test(asked) && !asked.startsWith('/sign-in') ? asked : '/'
}

export function SignIn() {
  const words = useWords(signInWords)
  const { session } = useSession()
  const navigate = useNavigate()
  const [query] = useSearchParams()
  const back = safeWayBack(query.get('back'))
  if (session != null) return <Navigate to={back} replace />
  return (
    <Page title={words.title}>
      <Panel className="sign-in">
        <p>{words.intro}</p>
        <SignInForm submit={words.submit} onSignedIn={() => void navigate(back, { replace: true })} />
      </Panel>
      <p className="quiet">{words.noAccount}</p>
    </Page>
  )
}
