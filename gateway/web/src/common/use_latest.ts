import { useEffect, useState } from 'react'

/** Of several things that were begun, whose answers may come in any order, the last one counts. */
export class Latest {
  private count = 0

  /** Begins another one; tells whether it is still the last. */
  begin(): () => boolean {
    this.count += 1
    return this.now()
  }

  /** Tells whether nothing was begun after this call. */
  now(): () => boolean {
    const mine = this.count
    return () => mine === this.count
  }
}

/** None counts when the page is left. */
export function useLatest(): Latest {
  const [latest] = useState(() => new Latest())
  useEffect(() => () => void latest.begin(), [latest])
  return latest
}
