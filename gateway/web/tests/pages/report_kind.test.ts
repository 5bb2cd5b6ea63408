import { expect, test } from 'vitest'
import { reportNumberOf, typeOf } from '../../src/pages/public/report_kind.ts'

test.each(['HY-DM7P-U5GW-M7OY-CN2Y', 'hy-dm7p-u5gw-m7oy-cn2y', ' HY DM7P U5GW M7OY CN2Y ', 'HYDM7PU5GWM7OYCN2Y', 'HY–DM7P–U5GW－M7OY-CN2Y'])(
  '%s is read as it is printed', (typed) => {
    expect(reportNumberOf(typed)).toBe('HY-DM7P-U5GW-M7OY-CN2Y')
  })

test.each(['', 'HY', 'HY-DM7P-U5GW-M7OY', 'HY-DM7P-U5GW-M7OY-CN2Y-AAAA', 'HX-DM7P-U5GW-M7OY-CN2Y', 'HY-DM7P-U5GW-M7OY-CN20', 'HY-DM7P-U5GW-M7OY-CN2Y/../x', 'HY-DM7P_U5GW_M7OY_CN2Y', 'HY-ＤM7P-U5GW-M7OY-CN2Y'])(
  '%s is no number', (typed) => {
    expect(reportNumberOf(typed)).toBeUndefined()
  })

test.each([['r.jws', 'application/jose+json'], ['R.PDF', 'application/pdf'], ['a.b.asics', 'application/vnd.etsi.asic-s+zip']])('%s is %s', (name, type) => {
  expect(typeOf(name)).toBe(type)
})

test.each(['report', 'report.html', 'report.pdf.exe', '.', 'x.constructor'])('%s is no report', (name) => {
  expect(typeOf(name)).toBeUndefined()
})
