import { expect, test } from 'vitest'
import { faultOfCreditCode, faultOfResidentId, tidy } from '../../src/pages/litigant/filing/numbers.ts'

test('credit codes that are ones', () => {
  for (const code of ['91330100799655058B', '91510104MA73167688', '91420106MA7395957G']) expect(faultOfCreditCode(code)).toBeNull()
})

test('what is no credit code, and why', () => {
  expect(faultOfCreditCode('')).toBe('length')
  expect(faultOfCreditCode('913301007996550580B')).toBe('length')
  expect(faultOfCreditCode('91330100 799655058B')).toBe('length')
  expect(faultOfCreditCode('9133010I799655058B')).toBe('character')
  expect(faultOfCreditCode('01330100799655058L')).toBe('character')
  expect(faultOfCreditCode('９1330100799655058')).toBe('length')
  expect(faultOfCreditCode('91000100799655058B')).toBe('region')
  expect(faultOfCreditCode('913A0100799655058B')).toBe('region')
  expect(faultOfCreditCode('91330100799655058A')).toBe('checkDigit')
})

test('one check character fits, of all', () => {
  const fits = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].filter((one) => faultOfCreditCode(`91330100799655058${one}`) === null)
  expect(fits).toEqual(['B'])
})

test('identity numbers that are ones', () => {
  for (const number of ['11010519491231002X', '110105930412001', '330100199001010000'.slice(0, 17) + check('33010019900101000')]) {
    expect(faultOfResidentId(number)).toBeNull()
  }
})

function check(digits: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  return '10X98765432'[weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11]!
}

test('what is no identity number, and why', () => {
  const expected: [string, string][] = [
    ['', 'length'], ['11010519491231002', 'length'], ['11010593041200X', 'character'], ['110105194912310X2X', 'character'],
    ['1101051949123100２X', 'character'], ['000105930412001', 'region'], ['84000019940823002X', 'region'],
    ['110105194902300021', 'birth'], ['110105930431001', 'birth'], ['11010517991231002X', 'birth'], ['110105194912310020', 'checkDigit'],
  ]
  for (const [number, fault] of expected) expect([number, faultOfResidentId(number)]).toEqual([number, fault])
})

test('nobody is born tomorrow', () => {
  expect(faultOfResidentId('11010519491231002X', new Date('1949-12-31T00:00:00Z'))).toBeNull()
  expect(faultOfResidentId('11010519491231002X', new Date('1949-12-30T00:00:00Z'))).toBe('birth')
})

test('blanks and small letters are mended', () => {
  expect(tidy(' 110105 19491231 002x ')).toBe('11010519491231002X')
})
