// A file is read while the person goes on: by then another one may stand there, or none.
import { expect, test } from 'vitest'
import { newItem, type Chosen } from '../../src/pages/litigant/filing/draft.ts'
import { withFile, withFileRead, withoutProof, withProof, withProofRead, withStatement } from '../../src/pages/litigant/filing/taken.ts'

const chosen = (key: string, name: string): Chosen => ({ key, name, size: 1, type: '' })
const large = chosen('1', 'large.mp4')
const small = chosen('2', 'small.png')
const read = (one: Chosen): Chosen => ({ ...one, fingerprints: { 'sha-256': `s${one.key}`, sm3: `m${one.key}` } })
const empty = newItem([], 'P1')

test('a file gets its fingerprints, and names an item that has no name', () => {
  expect(withFile(empty, large).name).toBe('large')
  expect(withFile({ ...empty, name: 'mine' }, large).name).toBe('mine')
  expect(withFileRead(withFile(empty, large), '1', read(large)).file).toEqual(read(large))
})

test('one that was replaced does not come back, whether it can be read or not', () => {
  const now = withFile(withFile(empty, large), small)
  expect(withFileRead(now, '1', read(large)).file).toEqual(small)
  expect(withFileRead(now, '1', null).file).toEqual(small)
})

test('nor one that was removed, nor one of a draft that was begun anew', () => {
  expect(withFileRead({ ...withFile(empty, large), file: null }, '1', read(large)).file).toBeNull()
  expect(withFileRead(empty, '1', read(large))).toBe(empty)
})

test('one that cannot be read is gone', () => {
  expect(withFileRead(withFile(empty, large), '1', null).file).toBeNull()
})

test('proofs keep their order, and only those still there change', () => {
  const both = withProof(withProof(empty, large), small)
  expect(withProofRead(withStatement(both, '1'), '1', read(large)).proofs).toEqual([{ ...read(large), statement: true }, { ...small, statement: false }])
  const one = withoutProof(both, '1')
  expect(withProofRead(one, '1', read(large)).proofs).toEqual([{ ...small, statement: false }])
  expect(withStatement(one, '1').proofs).toEqual(one.proofs)
  expect(withProofRead(both, '1', null).proofs.map(({ key }) => key)).toEqual(['2'])
})
