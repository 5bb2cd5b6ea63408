import { describe, expect, test } from 'vitest'
import { casesOf, type Chosen } from '../../src/pages/clerk/case_folders.ts'

const files = (...paths: string[]): Chosen[] => paths.map((path) => ({ path, file: new Blob([path]) }))

function partsOf(chosen: Chosen[], at = 0): string[] {
  const body = casesOf(chosen).cases[at]?.body()
  return body instanceof FormData ? [...body.keys()] : []
}

test('a folder with case.json is a case, its files named by their paths in it', () => {
  const chosen = files('case-1/files/a.txt', 'case-1/case.json', 'case-1/proofs/p.pb')
  expect(casesOf(chosen)).toMatchObject({ cases: [{ name: 'case-1', files: 3, type: null }], leftOver: [] })
  expect(partsOf(chosen)).toEqual(['case', 'files/a.txt', 'proofs/p.pb'])
})

test('each folder with case.json is a case of its own, however deep', () => {
  const chosen = files('all/1/case.json', 'all/1/a', 'all/2/deep/case.json', 'all/2/deep/b')
  expect(casesOf(chosen).cases.map(({ name }) => name)).toEqual(['all/1', 'all/2/deep'])
  expect(partsOf(chosen, 1)).toEqual(['case', 'b'])
})

test('an archive is a case', () => {
  expect(casesOf(files('one.zip', 'TWO.ZIP'))).toMatchObject({ cases: [{ name: 'one.zip', type: 'application/zip' }, { name: 'TWO.ZIP' }], leftOver: [] })
})

describe('what is no case of its own', () => {
  test('a file beside the cases is left over', () => {
    expect(casesOf(files('all/readme.txt', 'all/1/case.json')).leftOver).toEqual(['all/readme.txt'])
  })
  test('an archive in a case folder is a piece of evidence', () => {
    expect(casesOf(files('1/case.json', '1/files/e.zip')).cases).toHaveLength(1)
    expect(partsOf(files('1/case.json', '1/files/e.zip'))).toEqual(['case', 'files/e.zip'])
  })
  test('a file whose name only ends like case.json makes no case', () => {
    expect(casesOf(files('1/my-case.json'))).toMatchObject({ cases: [], leftOver: ['1/my-case.json'] })
  })
  test('a folder whose name only begins like that of a case does not belong to it', () => {
    expect(casesOf(files('1/case.json', '10/a')).leftOver).toEqual(['10/a'])
  })
  test('nothing makes nothing', () => {
    expect(casesOf([])).toEqual({ cases: [], leftOver: [] })
  })
})

test('a case within a case takes its own files', () => {
  const chosen = files('1/case.json', '1/a', '1/inner/case.json', '1/inner/b')
  expect(partsOf(chosen, 0)).toEqual(['case', 'a'])
  expect(partsOf(chosen, 1)).toEqual(['case', 'b'])
})
