import { useEffect, useState } from 'react'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { useSession } from '../../common/api/session.tsx'
import { Page } from '../../common/layout/page.tsx'
import { Panel } from '../../common/plain/plain.tsx'
import { signInWords } from '../../words/sign_in/index.ts'
import { useWords } from '../../words/words.ts'
import { CameBack, ProviderButtons, takeWayBack, useProviders } from './providers.tsx'
import { SignInForm } from './sign_in_form.tsx'

/** A page of ours, never another address. */
export function safeWayBack(asked: string | null): string {
  return asked !== null && /^\/[a-z]/.test(asked) && !asked.startsWith('/sign-in') ? asked : '/'
}

export function SignIn() {
  const words = useWords(signInWords)
  const { session, refresh } = useSession()
  const navigate = useNavigate()
  const [query] = useSearchParams()
  const returned = query.has('returned')
  const [back] = useState(() => safeWayBack(returned ? takeWayBack() : query.get('back')))
  const [asked, setAsked] = useState(!returned)
  const known = useProviders()
  // From a provider, with or without a session: which, the gateway knows.
  useEffect(() => {
    if (returned) void refresh().finally(() => setAsked(true))
  }, [returned, refresh])
  if (session != null) return <Navigate to={back} replace />
  if (!asked) return null
  return (
    <Page title={words.title}>
      <Panel className="sign-in">
        {returned && known !== null ? <CameBack outcome={known.outcome} /> : null}
        <p>{words.intro}</p>
        <SignInForm submit={words.submit} onSignedIn={() => void navigate(back, { replace: true })} />
        {known === null ? null : <ProviderButtons providers={known.providers} back={back} />}
      </Panel>
      <p className="quiet">{words.noAccount}</p>
    </Page>
  )
}
