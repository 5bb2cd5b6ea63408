import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { follow, type Surroundings } from '../../src/common/follow.ts'

class Stream {
  readonly listeners = new Map<string, (event: unknown) => void>()
  closed = false
  constructor(readonly address: string) {}
  addEventListener(name: string, listener: unknown) {
    this.listeners.set(name, listener as (event: unknown) => void)
  }
  close() {
    this.closed = true
  }
  tell(data: string) {
    this.listeners.get('state')?.({ data })
  }
  fail() {
    this.listeners.get('error')?.({})
  }
}

function world() {
  const streams: Stream[] = []
  let visible = true
  let changed: () => void = () => undefined
  const around = {
    open: (address: string) => {
      const stream = new Stream(address)
      streams.push(stream)
      return stream
    },
    isVisible: () => visible,
    onVisible: (then: () => void) => {
      changed = then
      return () => {
        changed = () => undefined
      }
    },
  } as unknown as Surroundings
  const told: string[] = []
  let asked = 0
  const start = () => follow('a/b', (state) => told.push(state), () => asked++, around)
  return {
    streams, told, start,
    asked: () => asked,
    open: () => streams.filter((one) => !one.closed),
    show: (is: boolean) => {
      visible = is
      changed()
    },
  }
}

describe('following a submission', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('tells what the stream tells, and asks nothing meanwhile', () => {
    const at = world()
    at.start()
    expect(at.streams.map((one) => one.address)).toEqual(['/v1/submissions/a%2Fb'])
    at.streams[0]?.tell('{"state":"QUEUED"}')
    vi.advanceTimersByTime(30_000)
    at.streams[0]?.tell('{"state":"DONE"}')
    expect(at.told).toEqual(['QUEUED', 'DONE'])
    expect(at.asked()).toBe(0)
    expect(at.open()).toHaveLength(1)
  })

  it('asks where the stream breaks, and tries it again', () => {
    const at = world()
    at.start()
    at.streams[0]?.fail()
    expect(at.open()).toHaveLength(0)
    expect(at.asked()).toBe(0)
    vi.advanceTimersByTime(3_000)
    expect(at.asked()).toBe(1)
    expect(at.open()).toHaveLength(1)
    at.streams[1]?.tell('{"state":"DONE"}')
    expect(at.told).toEqual(['DONE'])
  })

  it('asks again and again where there never is a stream', () => {
    const at = world()
    at.start()
    for (let i = 0; i < 10; i++) {
      at.open()[0]?.fail()
      vi.advanceTimersByTime(3_000)
    }
    expect(at.asked()).toBe(10)
    expect(at.open()).toHaveLength(1)
  })

  it('takes a stream that says nothing for a broken one', () => {
    const at = world()
    at.start()
    vi.advanceTimersByTime(5_000 + 3_000)
    expect(at.asked()).toBe(1)
    expect(at.streams).toHaveLength(2)
  })

  it('asks now and then, since a stream may have died without a word', () => {
    const at = world()
    at.start()
    at.streams[0]?.tell('{"state":"QUEUED"}')
    vi.advanceTimersByTime(60_000)
    expect(at.asked()).toBe(1)
    expect(at.open()).toHaveLength(1)
  })

  it('passes over what is no state', () => {
    const at = world()
    at.start()
    for (const data of ['', 'x', '[]', 'null', '{}']) at.streams[0]?.tell(data)
    expect(at.told).toEqual([])
  })

  it('has no stream while nobody sees the page, and asks when somebody does again', () => {
    const at = world()
    at.start()
    at.show(false)
    expect(at.open()).toHaveLength(0)
    vi.advanceTimersByTime(600_000)
    expect(at.asked()).toBe(0)
    at.show(true)
    expect(at.asked()).toBe(1)
    expect(at.open()).toHaveLength(1)
  })

  it('ends for good', () => {
    const at = world()
    const stop = at.start()
    at.streams[0]?.fail()
    stop()
    vi.advanceTimersByTime(600_000)
    at.show(true)
    expect(at.asked()).toBe(0)
    expect(at.streams).toHaveLength(1)
  })
})
