// A submission with its report, asked for again whenever it has changed, until the verification has ended.
import { useFollowed } from '../follow.ts'
import { useLoaded, type Loaded } from '../use_loaded.ts'
import { loadCase, type Case } from './answers.ts'

export function useCase(id: string): Loaded<Case> {
  const loaded = useLoaded((signal) => loadCase(id, signal), [id])
  useFollowed(id, loaded.value?.submission.state, loaded)
  return loaded
}
