// What is refused because the session under an open page is no longer the one that it knows: the person signed in again in another
// tab, or has to sign in again here. It waits until one of both is so, and is then asked once more.
import { Problem } from './problem.ts'
import type { Session } from './types.ts'

export interface Around {
  readonly current: () => Session | null | undefined
  /** Who is signed in in this browser, by its cookie. Throws a Problem. */
  readonly ask: () => Promise<Session>
  readonly take: (session: Session) => void
  readonly expire: (expired: boolean) => void
}

/** `renewed`: the same person, another session. `gone`: nobody, or somebody else. */
export type Found = 'renewed' | 'same' | 'gone'

interface Waiting {
  readonly done: () => void
  readonly givenUp: (reason: Problem) => void
}

const unauthenticated = (): Problem => new Problem(401, 'unauthenticated', '', '', [], null)

export class Renewal {
  private waiting: Waiting[] = []
  private looking: Promise<Found> | null = null

  constructor(private readonly around: Around) {}

  /** Resolves when the same person is signed in with another token than the one that was refused; rejects where that was given up. */
  async renew(refused: string | null): Promise<void> {
    const now = this.around.current()
    if (now == null) throw unauthenticated()
    // By what was refused before, and waited.
    if (now.token !== refused) return
    if ((await this.look()) === 'renewed') {
      this.done()
      return
    }
    await new Promise<void>((done, givenUp) => {
      this.waiting.push({ done, givenUp })
      this.around.expire(true)
    })
  }

  /** Several that are refused at once ask once. Throws where no answer says who it is. */
  look(): Promise<Found> {
    this.looking ??= this.lookNow().finally(() => {
      this.looking = null
    })
    return this.looking
  }

  /** While it is waited for: goes on where the person has signed in elsewhere. */
  async lookAgain(): Promise<void> {
    if ((await this.look()) !== 'gone') this.done()
  }

  done(): void {
    this.around.expire(false)
    for (const each of this.waiting.splice(0)) each.done()
  }

  giveUp(): void {
    this.around.expire(false)
    for (const each of this.waiting.splice(0)) each.givenUp(unauthenticated())
  }

  private async lookNow(): Promise<Found> {
    const known = this.around.current()
    if (known == null) return 'gone'
    let next: Session
    try {
      next = await this.around.ask()
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 401) return 'gone'
      throw problem
    }
    if (next.account !== known.account || this.around.current()?.account !== known.account) return 'gone'
    if (next.token === this.around.current()?.token) return 'same'
    this.around.take(next)
    return 'renewed'
  }
}
