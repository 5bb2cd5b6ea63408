// What a refusal says, whether fetch() or an upload got it; and nothing of an answer that is none of the gateway's.
import { expect, test } from 'vitest'
import { problemOf, readProblem } from '../../src/common/api/problem.ts'

const kType = 'application/problem+json'
const said = {
  type: 'urn:heyan:problem:too-large', title: '请求内容过大', detail: 'd',
  errors: [{ pointer: '/evidence/0', code: 'file-too-large', detail: '10' }],
}

test('what the gateway says', async () => {
  const whole = { status: 413, kind: 'too-large', title: '请求内容过大', detail: 'd', defects: said.errors, retryAfter: 7 }
  const headers = { 'content-type': `${kType}; charset=utf-8`, 'retry-after': '7' }
  expect(readProblem(413, JSON.stringify(said), headers['content-type'], '7')).toMatchObject(whole)
  expect(await problemOf(new Response(JSON.stringify(said), { status: 413, headers }))).toMatchObject(whole)
})

test.each([
  ['no JSON', '{"title":', kType],
  ['no object', 'null', kType],
  ['another one', '[{"title":"x"}]', kType],
  ['nothing', '', kType],
  ['of another type', JSON.stringify(said), 'text/html'],
  ['of no type', JSON.stringify(said), null],
  ['of no text', '{"title":1,"detail":{},"type":[],"errors":{}}', kType],
])('an answer that is %s says its status alone', (_, body, type) => {
  expect(readProblem(502, body, type, 'soon')).toMatchObject({ status: 502, kind: '', title: '', detail: '', defects: [], retryAfter: null })
})

test('defects that are none are empty', () => {
  expect(readProblem(422, '{"errors":[null,1,{"code":"x","pointer":2}]}', kType, undefined).defects).toEqual([
    { pointer: '', code: '', detail: '' }, { pointer: '', code: '', detail: '' }, { pointer: '', code: 'x', detail: '' },
  ])
})
