import { useEffect, useId, useRef } from 'react'
import { useLocation } from 'react-router'
import { ProviderButtons, useProviders } from '../../pages/sign_in/providers.tsx'
import { SignInForm } from '../../pages/sign_in/sign_in_form.tsx'
import { layoutWords } from '../../words/layout/index.ts'
import { useWords } from '../../words/words.ts'
import { useSession } from '../api/session.tsx'
import { Button } from '../plain/plain.tsx'

/** Over the page, which stays as it is: the same person signs in again, here or in another tab, and what was asked is asked again. */
export function ExpiredDialog() {
  const { session, expired } = useSession()
  return session == null || !expired ? null : <Dialog account={session.account} />
}

function Dialog({ account }: { readonly account: string }) {
  const { giveUp, lookAgain } = useSession()
  const { pathname, search } = useLocation()
  const providers = useProviders()?.providers ?? []
  const words = useWords(layoutWords).expired
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  useEffect(() => dialog.current?.showModal(), [])
  // Back from another tab or window, where the same person may have signed in.
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void lookAgain().catch(() => undefined)
    }
    window.addEventListener('focus', look)
    document.addEventListener('visibilitychange', look)
    return () => {
      window.removeEventListener('focus', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [lookAgain])
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={title}
      onCancel={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        // Escape would leave the page without anybody signed in.
        if (event.key === 'Escape') event.preventDefault()
      }}
    >
      <h2 id={title}>{words.title}</h2>
      <p>{words.text}</p>
      <SignInForm account={account} submit={words.continue} />
      <ProviderButtons providers={providers} back={pathname + search} />
      {providers.length === 0 ? null : <p className="quiet">{words.elsewhere}</p>}
      <Button look="link" className="give-up" onClick={giveUp}>{words.leave}</Button>
    </dialog>
  )
}
