// The frame around all pages: skip link, who is signed in, navigation, language; and the dialog of an expired session.
import { Suspense, useState } from 'react'
import { Link, NavLink, Outlet, useLocation, useNavigate } from 'react-router'
import { layoutWords } from '../../words/layout/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { Button, Notice } from '../plain/plain.tsx'
import { useSession } from '../api/session.tsx'
import { ExpiredDialog } from './expired_dialog.tsx'
import { entriesOf } from './navigation.ts'
import { Loading, Refusal } from './states.tsx'

function LanguageSwitch() {
  const { language, choose } = useLanguage()
  const words = useWords(layoutWords)
  return (
    <Button className="on-dark" look="bare" onClick={() => choose(language === 'zh' ? 'en' : 'zh')}>
      <span lang={language === 'zh' ? 'en' : 'zh-CN'}>{words.otherLanguage}</span>
    </Button>
  )
}

function Account({ signOut }: { readonly signOut: () => void }) {
  const { session } = useSession()
  const words = useWords(layoutWords)
  const { pathname } = useLocation()
  if (session === undefined) return null
  if (session === null) {
    return pathname === '/sign-in' ? null : <Link className="on-dark header-link" to="/sign-in">{words.signIn}</Link>
  }
  return (
    <>
      <Link className="on-dark header-link" to="/account" title={words.settings}>
        <bdi className="account-name">{session.name}</bdi> <span className="account-role wide-only">{words.roles[session.role]}</span>
      </Link>
      <Button className="on-dark" look="bare" onClick={signOut}>{words.signOut}</Button>
    </>
  )
}

function Navigation() {
  const { session } = useSession()
  const words = useWords(layoutWords)
  const { pathname } = useLocation()
  if (session === undefined) return null
  return (
    <nav aria-label={words.navigation} className="navigation no-print">
      <ul>
        {entriesOf(session?.role ?? null).map((entry) => (
          <li key={entry.to}>
            <NavLink to={entry.to} className={({ isActive }) => (isActive || (entry.beneath !== undefined && pathname.startsWith(entry.beneath)) ? 'active' : '')}>{words.nav[entry.word]}</NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The session may still stand, and whoever comes to this machine next must not find it: it is said until it is ended. */
function NotSignedOut({ problem, again }: { readonly problem: unknown; readonly again: () => void }) {
  const words = useWords(layoutWords)
  return (
    <div className="no-print">
      <Notice type="warning" role="alert" className="refusal" message={words.notSignedOut} description={words.notSignedOutHelp} />
      <Refusal problem={problem} again={again} />
    </div>
  )
}

export function Layout() {
  const words = useWords(layoutWords)
  const { session, signOut } = useSession()
  const navigate = useNavigate()
  const [problem, setProblem] = useState<unknown>(null)
  const leave = () => {
    setProblem(null)
    signOut().catch((refused: unknown) => {
      setProblem(refused)
      // What was filled in here is not to be kept again by the page that held it.
      void navigate('/')
    })
  }
  return (
    <>
      <a className="skip" href="#content" onClick={(event) => {
        event.preventDefault()
        document.getElementById('content')?.focus()
      }}>{words.skip}</a>
      <header className="header no-print">
        <Link to="/" className="brand on-dark"><span className="wide-only">{words.productLong}</span><span className="narrow-only">{words.product}</span></Link>
        <div className="header-right">
          <LanguageSwitch />
          <Account signOut={leave} />
        </div>
      </header>
      <Navigation />
      <main id="content" className="content" tabIndex={-1}>
        {problem === null || session == null ? null : <NotSignedOut problem={problem} again={leave} />}
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      <ExpiredDialog />
    </>
  )
}
