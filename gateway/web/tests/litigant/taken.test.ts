// A file is read while the person goes on: by then another one may stand there, or none.
import { expect, test } from 'vitest'
import { newItem, type Chosen } from '../../src/pages/litigant/filing/draft.ts'
import { withFile, withoutProof, withProof, withRead, withStatement } from '../../src/pages/litigant/filing/taken.ts'

const chosen = (key: string, name: string): Chosen => ({ key, name, size: 1, type: '' })
const large = chosen('1', 'large.mp4')
const small = chosen('2', 'small.png')
const found = { 'sha-256': 's', sm3: 'm' }
const empty = newItem([], 'P1')

test('a file gets its fingerprints, and names an item that has no name', () => {
  expect(withFile(empty, large).name).toBe('large')
  expect(withFile({ ...empty, name: 'mine' }, large).name).toBe('mine')
  expect(withRead(withFile(empty, large), '1', found).file).toEqual({ ...large, fingerprints: found })
})

test('one that was replaced does not come back, whether it can be read or not', () => {
  const now = withFile(withFile(empty, large), small)
  expect(withRead(now, '1', found).file).toEqual(small)
  expect(withRead(now, '1', null).file).toEqual(small)
})

test('nor one that was removed, nor one of a draft that was begun anew', () => {
  expect(withRead({ ...withFile(empty, large), file: null }, '1', found).file).toBeNull()
  expect(withRead(empty, '1', found)).toEqual(empty)
})

test('one that cannot be read stays, and is marked; until it can be', () => {
  const now = withRead(withFile(empty, large), '1', null)
  expect(now.file).toEqual({ ...large, unreadable: true })
  expect(withRead(now, '1', found).file).toEqual({ ...large, fingerprints: found })
})

test('proofs keep their order, and only those still there change', () => {
  const both = withProof(withProof(empty, large), small)
  expect(withRead(withStatement(both, '1'), '1', found).proofs).toEqual([{ ...large, fingerprints: found, statement: true }, { ...small, statement: false }])
  const one = withoutProof(both, '1')
  expect(withRead(one, '1', found).proofs).toEqual([{ ...small, statement: false }])
  expect(withStatement(one, '1').proofs).toEqual(one.proofs)
  expect(withRead(both, '1', null).proofs).toEqual([{ ...large, unreadable: true, statement: false }, { ...small, statement: false }])
})
