// Signing in elsewhere (OpenID Connect): a button for each provider, and what came of it when the browser is back.
import { useEffect, useState } from 'react'
import { askJson } from '../../common/api/client.ts'
import { Refusal } from '../../common/layout/states.tsx'
import { Button, Notice } from '../../common/plain/plain.tsx'
import { signInWords } from '../../words/sign_in/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'

export interface Provider {
  readonly id: string
  readonly titleZh: string
  readonly titleEn: string
}

/** What came of this browser's last attempt, where it was no session. */
export interface Outcome {
  readonly fault: string
  readonly provider: string
  readonly issuer: string
  readonly subject: string
}

interface Providers {
  readonly providers: readonly Provider[]
  readonly outcome: Outcome | null
}

const kBack = 'heyan.way-back'
type Fault = keyof (typeof signInWords)['zh']['elsewhere']['faults']

/** Where the person was on the way to before. Once. */
export function takeWayBack(): string | null {
  const back = sessionStorage.getItem(kBack)
  sessionStorage.removeItem(kBack)
  return back
}

export function useProviders(): Providers | null {
  const [known, setKnown] = useState<Providers | null>(null)
  useEffect(() => {
    // Where they cannot be had, passwords still serve.
    askJson<Providers>('/v1/session/oidc', { withoutSession: true }).then(setKnown, () => setKnown({ providers: [], outcome: null }))
  }, [])
  return known
}

export function CameBack({ outcome }: { readonly outcome: Outcome | null }) {
  const words = useWords(signInWords).elsewhere
  const fault: Fault = outcome !== null && outcome.fault in words.faults ? (outcome.fault as Fault) : 'state'
  return (
    <Notice
      type={fault === 'denied' ? 'info' : 'error'} role="alert" className="refusal" message={words.faults[fault]}
      description={fault === 'unlinked' && outcome !== null ? (
        <>
          <p>{words.tell}</p>
          <dl className="told">
            <dt>{words.issuer}</dt>
            <dd><code>{outcome.issuer}</code></dd>
            <dt>{words.subject}</dt>
            <dd><code data-testid="subject">{outcome.subject}</code></dd>
          </dl>
        </>
      ) : words.again[fault]}
    />
  )
}

export function ProviderButtons({ providers, back }: { readonly providers: readonly Provider[]; readonly back: string }) {
  const words = useWords(signInWords).elsewhere
  const { language } = useLanguage()
  const [busy, setBusy] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const go = async (id: string) => {
    if (busy !== '') return
    setBusy(id)
    setProblem(null)
    try {
      const { location } = await askJson<{ location: string }>(`/v1/session/oidc/${id}`, { method: 'POST', withoutSession: true })
      sessionStorage.setItem(kBack, back)
      window.location.assign(location)
    } catch (refused) {
      setProblem(refused)
      setBusy('')
    }
  }
  if (providers.length === 0) return null
  return (
    <div className="elsewhere">
      <h2>{words.title}</h2>
      {providers.map((one) => (
        <Button key={one.id} block busy={busy === one.id} onClick={() => void go(one.id)}>{language === 'zh' ? one.titleZh : one.titleEn}</Button>
      ))}
      <Refusal problem={problem} />
    </div>
  )
}
