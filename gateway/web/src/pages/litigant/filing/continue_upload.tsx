// Goes on with a submission whose files have not all arrived, also from another device: the files that are still awaited are
// chosen again, and only what is missing is sent. Name and size tell which file it is; the gateway compares the whole with the
// fingerprint that was announced when its upload began.
import { useEffect, useMemo, useRef, useState } from 'react'
import { Navigate, useNavigate, useParams } from 'react-router'
import { askJson } from '../../../common/api/client.ts'
import { useSession } from '../../../common/api/session.tsx'
import type { AwaitedFile, Submission } from '../../../common/api/types.ts'
import { Page } from '../../../common/layout/page.tsx'
import { Loading, Refusal } from '../../../common/layout/states.tsx'
import { submissionPath } from '../../../common/report/answers.ts'
import { useLoaded } from '../../../common/use_loaded.ts'
import { litigantWords } from '../../../words/litigant/index.ts'
import { useWords } from '../../../words/words.ts'
import { safeName } from './draft.ts'
import { findDraft } from './draft_store.ts'
import { Sending, type Outgoing } from './sending.ts'
import { SendingPanel } from './sending_panel.tsx'

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Whether a file of this name and size may be the one that is awaited. */
export function mayBe(awaited: AwaitedFile, file: { readonly name: string; readonly size: number }): boolean {
  const name = nameOf(awaited.path)
  const named = name === file.name || name.endsWith(`-${safeName(file.name)}`)
  return named && file.size >= awaited.received && (awaited.size === undefined || awaited.size === file.size)
}

/** Of a file that was not chosen yet the size may be unknown. */
function outgoing(file: AwaitedFile, chosen: ReadonlyMap<string, File>): Outgoing {
  return {
    path: file.path,
    chosen: {
      key: file.path, name: nameOf(file.path), type: '',
      get size() {
        return chosen.get(file.path)?.size ?? file.size ?? file.received
      },
    },
  }
}

export function ContinueUpload() {
  const { id = '' } = useParams()
  const { session } = useSession()
  const account = session?.account ?? ''
  const words = useWords(litigantWords).uploads
  const { value, problem, again } = useLoaded(
    async (signal) => {
      const [submission, draft] = await Promise.all([askJson<Submission>(submissionPath(id), { signal }), findDraft(account)])
      return { submission, isHere: draft?.submission === id }
    },
    [id, account],
  )
  if (value?.isHere === true) return <Navigate to="/litigant/file" replace />
  if (value !== undefined && value.submission.state !== 'RECEIVING') return <Navigate to={`/litigant/cases/${id}`} replace />
  return (
    <Page title={words.goOnTitle}>
      <Refusal problem={problem} again={again} />
      {value === undefined ? (problem === null ? <Loading /> : null) : <Awaited id={id} files={value.submission.files ?? []} />}
    </Page>
  )
}

function Awaited({ id, files }: { readonly id: string; readonly files: readonly AwaitedFile[] }) {
  const words = useWords(litigantWords).uploads
  const navigate = useNavigate()
  const chosen = useRef(new Map<string, File>())
  const [otherFile, setOtherFile] = useState(false)
  const sending = useMemo(
    () => new Sending(files.map((file) => outgoing(file, chosen.current)), id, () => Promise.resolve(id), {
      find: async ({ key }) => chosen.current.get(key) ?? null,
      forget: async ({ key }) => void chosen.current.delete(key),
    }),
    [files, id],
  )
  useEffect(() => {
    void sending.run()
    return () => sending.pause()
  }, [sending])
  const take = async (path: string, file: File): Promise<boolean> => {
    const awaited = files.find((one) => one.path === path)
    const same = awaited !== undefined && mayBe(awaited, file)
    setOtherFile(!same)
    if (same) chosen.current.set(path, file)
    return same
  }
  return (
    <>
      <p>{words.goOnHelp}</p>
      <SendingPanel sending={sending} onFileAgain={take} otherFile={otherFile ? words.otherFile : undefined} onDone={(done) => void navigate(`/litigant/cases/${done}`, { replace: true })} />
    </>
  )
}
