// Sends a submission: the case first, unless that is there already, then each file by tus, which goes on where it was interrupted (tus.io). What has arrived, the
// gateway itself knows; so a reload, another network or another sign-in loses nothing.
import { Upload, type DetailedError } from 'tus-js-client'
import { askJson, changeHeaders, isOfOtherToken, renewSession } from '../../../common/api/client.ts'
import { offline, Problem, readProblem } from '../../../common/api/problem.ts'
import type { AwaitedFile, Submission } from '../../../common/api/types.ts'
import type { Chosen } from './draft.ts'

const kPiece = 4 << 20
const kDelays = [500, 1000, 3000, 5000, 10_000]
// Of one that was interrupted, until it goes on by itself; and at most, whatever an answer says.
const kGoOnSeconds = 15
const kMostSeconds = 3600

// Not for good. 408 is what a proxy says of a connection that stood still.
function passes(status: number): boolean {
  return status === 0 || status === 408 || status === 423 || status === 429 || status >= 500
}

/** The gateway is still at an earlier request of the same filing, whose answer did not come here. */
const isUnderWay = (problem: Problem): boolean => problem.status === 409 && problem.defects.some(({ code }) => code === 'request-under-way')

/** Of an interruption: the gateway answered, and cannot take it just now. Otherwise no answer came through. */
export const isBusy = (problem: unknown): boolean => problem instanceof Problem && problem.status > 408

export interface Progress {
  readonly state: 'idle' | 'sending' | 'paused' | 'interrupted' | 'fileMissing' | 'refused' | 'done'
  readonly submission: string | null
  readonly sent: number
  readonly total: number
  /** The path that is being sent, or whose file has to be chosen again. */
  readonly path: string
  /** Why it is interrupted or refused; of a missing file: that other bytes arrived than those of the file. */
  readonly problem: unknown
}

function base64Of(hex: string): string {
  return btoa(hex.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16))))
}

/** Path in the case, and the file to be sent there. */
export interface Outgoing {
  readonly path: string
  readonly chosen: Chosen
}

/** Where the bytes of what was chosen are. */
export interface Bytes {
  /** Null: it has to be chosen again. */
  readonly find: (chosen: Chosen) => Promise<Blob | null>
  /** They are not those that they were. */
  readonly forget: (chosen: Chosen) => Promise<void>
}

// A browser reads a file only when it is sent, and an upload of one that was moved or written to since looks like a lost network.
function isReadable(bytes: Blob): Promise<boolean> {
  return bytes.slice(0, 1).arrayBuffer().then(() => true, () => false)
}

function problemIn(answer: DetailedError['originalResponse']): Problem {
  const status = answer?.getStatus() ?? 0
  if (answer == null || status === 0) return offline()
  return readProblem(status, answer.getBody(), answer.getHeader('Content-Type'), answer.getHeader('Retry-After'))
}

export class Sending {
  private progress: Progress
  private readonly listeners = new Set<() => void>()
  private upload: Upload | null = null
  /** Of the run that goes on: one that was paused has an earlier number, and whatever it still waits for, it does nothing then. */
  private round = 0
  /** While the case is being filed: a run that goes on after a pause waits for the same answer. */
  private filing: Promise<string> | null = null
  /** Until it goes on by itself. */
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly files: readonly Outgoing[],
    submission: string | null,
    /** Files the case; gives the submission's number. */
    private readonly begin: () => Promise<string>,
    private readonly bytes: Bytes,
  ) {
    this.progress = { state: 'idle', submission, sent: 0, total: 0, path: '', problem: null }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
  readonly snapshot = (): Progress => this.progress

  private say(change: Partial<Progress>): void {
    this.progress = { ...this.progress, ...change }
    for (const each of this.listeners) each()
  }

  pause(): void {
    this.round += 1
    clearTimeout(this.timer)
    void this.upload?.abort()
    this.upload = null
    if (this.progress.state === 'sending') this.say({ state: 'paused' })
  }

  /** Begins, or goes on. */
  async run(): Promise<void> {
    if (this.progress.state === 'sending' || this.progress.state === 'done') return
    this.round += 1
    clearTimeout(this.timer)
    const mine = this.round
    // A file that was chosen again may be the first that says how large it is.
    this.say({ state: 'sending', problem: null, total: this.files.reduce((sum, one) => sum + one.chosen.size, 0) })
    try {
      const submission = this.progress.submission ?? (await this.file())
      if (mine === this.round) await this.sendAll(submission, mine)
    } catch (problem) {
      if (mine !== this.round) return
      const later = problem instanceof Problem && (passes(problem.status) || isUnderWay(problem))
      this.say({ state: later ? 'interrupted' : 'refused', problem })
      if (!later) return
      const seconds = Math.min(kMostSeconds, Math.max(kGoOnSeconds, problem.retryAfter ?? 0))
      this.timer = setTimeout(() => void this.run(), seconds * 1000)
    }
  }

  private file(): Promise<string> {
    this.filing ??= this.begin()
      .then((submission) => {
        // Also of a run that was paused meanwhile: it is filed.
        this.say({ submission })
        return submission
      })
      .finally(() => {
        this.filing = null
      })
    return this.filing
  }

  private async sendAll(submission: string, mine: number): Promise<void> {
    const known = await askJson<Submission>(`/v1/submissions/${submission}`)
    const awaited = new Map((known.files ?? []).map((file) => [file.path, file]))
    let before = 0
    for (const { path, chosen } of this.files) {
      const file = awaited.get(path)
      // Of a submission that has been accepted meanwhile nothing is awaited.
      if (known.state === 'RECEIVING' && file !== undefined && !file.complete) {
        const found = await this.bytes.find(chosen)
        const bytes = found !== null && (await isReadable(found)) ? found : null
        if (mine !== this.round) return
        if (bytes === null) {
          this.say({ state: 'fileMissing', path, sent: before + file.received })
          return
        }
        this.say({ path, sent: before + file.received })
        try {
          await this.send(submission, file, chosen, bytes, before, mine)
        } catch (problem) {
          // Other bytes than were announced: the gateway has let go of them and awaits the file anew.
          if (!(problem instanceof Problem) || problem.status !== 422) throw problem
          await this.bytes.forget(chosen)
          if (mine === this.round) this.say({ state: 'fileMissing', sent: before, problem })
          return
        }
      }
      if (mine !== this.round) return
      before += chosen.size
      this.say({ sent: before })
    }
    this.say({ state: 'done', path: '' })
  }

  private async send(submission: string, file: AwaitedFile, chosen: Chosen, bytes: Blob, before: number, mine: number): Promise<void> {
    for (let address = file.upload; ; ) {
      const tried = await this.tryToSend(submission, file.path, address, chosen, bytes, before, mine)
      if (tried === 'done' || mine !== this.round) return
      await renewSession()
      if (mine !== this.round) return
      address = tried.url ?? address
    }
  }

  // 'done', or where to go on when somebody has signed in again, here or in another tab.
  private tryToSend(submission: string, path: string, address: string | undefined, chosen: Chosen, bytes: Blob, before: number, mine: number): Promise<'done' | { url: string | null }> {
    return new Promise((resolve, reject) => {
      const digest = chosen.fingerprints?.['sha-256']
      const upload = new Upload(bytes, {
        endpoint: `${location.origin}/v1/uploads`,
        ...(address === undefined ? {} : { uploadUrl: new URL(address, location.origin).href }),
        metadata: { submission, path },
        chunkSize: kPiece,
        retryDelays: kDelays,
        storeFingerprintForResuming: false,
        removeFingerprintOnSuccess: true,
        headers: digest === undefined ? {} : { 'Repr-Digest': `sha-256=:${base64Of(digest)}:` },
        onBeforeRequest: (request) => {
          for (const [name, value] of Object.entries(changeHeaders())) request.setHeader(name, value)
        },
        onShouldRetry: (error) => {
          const status = error.originalResponse?.getStatus() ?? 0
          return mine === this.round && (passes(status) || status === 409)
        },
        onProgress: (sent) => this.say({ sent: before + sent }),
        onSuccess: () => resolve('done'),
        onError: (error) => {
          const problem = problemIn((error as DetailedError).originalResponse)
          if (problem.status === 401 || isOfOtherToken(problem)) resolve({ url: upload.url })
          else reject(problem)
        },
      })
      this.upload = upload
      upload.start()
    })
  }
}
