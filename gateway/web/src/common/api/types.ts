// What the gateway answers (schemas/openapi.yaml).
export type Role = 'litigant' | 'clerk' | 'judge' | 'operator'

export interface Court {
  readonly code: string
  readonly name: string
}

export interface Session {
  readonly account: string
  readonly name: string
  readonly role: Role
  readonly court: Court | null
  /** Where the person may file. */
  readonly courts: readonly Court[]
  readonly authentication: 'PASSWORD' | 'SECOND_FACTOR'
  readonly token: string
  /** Enrolled. */
  readonly secondFactor: boolean
  readonly expiresAt: string
  readonly idleSeconds: number
}

export type State = 'RECEIVING' | 'QUEUED' | 'VERIFYING' | 'DONE' | 'REJECTED'

/** A submission in a list. */
export interface Line {
  readonly id: string
  readonly caseNumber: string
  readonly court: Court
  readonly receivedAt: string
  readonly account: string
  readonly submitter?: string
  readonly parties: readonly { readonly role: string; readonly name: string }[]
  readonly items: number
  readonly state: State
  readonly verdict?: string
  readonly attention: boolean
  /** The number of the last one. */
  readonly report?: string
  readonly counts?: Readonly<Record<string, number>>
  /** Accounts of judges. */
  readonly assigned?: readonly string[]
  readonly supplement?: { readonly state: string }
  /** While it is RECEIVING. */
  readonly awaited?: { readonly files: number; readonly complete: number; readonly expiresAt: string }
}

export interface Lines {
  readonly items: readonly Line[]
  readonly next: string | null
}

export interface AwaitedFile {
  readonly path: string
  readonly received: number
  readonly complete: boolean
  readonly size?: number
  readonly upload?: string
}

export interface Submission {
  readonly id: string
  readonly state: State
  readonly version?: number
  readonly receivedAt?: string
  readonly receipt?: string
  readonly report?: { readonly number: string; readonly href: string }
  readonly refusal?: string
  /** While it is RECEIVING. */
  readonly files?: readonly AwaitedFile[]
  readonly expiresAt?: string
  readonly case?: Line
}
