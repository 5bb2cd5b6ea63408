export interface FileFingerprints {
  readonly 'sha-256': string
  readonly sm3: string
}

export type Said =
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'done'; readonly fingerprints: FileFingerprints }
  | { readonly kind: 'failed' }

/** Of a file that cannot be read: it was moved, or changed while it was read. */
export class Unreadable extends Error {}

/** Both fingerprints in lower-case hexadecimal digits, computed on this machine. Rejects with Unreadable. */
export function hashFile(file: Blob, onProgress?: (done: number) => void): { readonly result: Promise<FileFingerprints>; readonly cancel: () => void } {
  const worker = new Worker(new URL('./hash_worker.ts', import.meta.url), { type: 'module' })
  const result = new Promise<FileFingerprints>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Said>) => {
      if (data.kind === 'progress') {
        onProgress?.(data.done)
        return
      }
      worker.terminate()
      if (data.kind === 'done') resolve(data.fingerprints)
      else reject(new Unreadable())
    }
    worker.onerror = () => {
      worker.terminate()
      reject(new Unreadable())
    }
    worker.postMessage(file)
  })
  return { result, cancel: () => worker.terminate() }
}
