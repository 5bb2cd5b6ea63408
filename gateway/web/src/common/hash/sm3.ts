// SM3 (GB/T 32905-2016), bytes as they come. No kept library has a stream of it in plain JavaScript, and WebAssembly would need
// a weaker policy.
const kBlock = 64
const kStart = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e]

const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by))
const p0 = (x: number): number => x ^ rotate(x, 9) ^ rotate(x, 17)
const p1 = (x: number): number => x ^ rotate(x, 15) ^ rotate(x, 23)

// T_j <<< j, of each round.
const kRounds = Int32Array.from({ length: 64 }, (_, j) => rotate(j < 16 ? 0x79cc4519 : 0x7a879d8a, j % 32))

export class Sm3 {
  private readonly state = Int32Array.from(kStart)
  private readonly words = new Int32Array(68)
  private readonly rest = new Uint8Array(kBlock)
  private restLength = 0
  private length = 0

  update(bytes: Uint8Array): this {
    this.length += bytes.length
    let from = 0
    if (this.restLength > 0) {
      from = Math.min(kBlock - this.restLength, bytes.length)
      this.rest.set(bytes.subarray(0, from), this.restLength)
      this.restLength += from
      if (this.restLength < kBlock) return this
      this.compress(this.rest, 0)
      this.restLength = 0
    }
    for (; from + kBlock <= bytes.length; from += kBlock) this.compress(bytes, from)
    this.rest.set(bytes.subarray(from))
    this.restLength = bytes.length - from
    return this
  }

  /** 32 bytes. Nothing may be added afterwards. */
  digest(): Uint8Array {
    const bits = this.length * 8
    const padding = new Uint8Array(this.restLength < 56 ? kBlock - this.restLength : 2 * kBlock - this.restLength)
    padding[0] = 0x80
    const view = new DataView(padding.buffer)
    view.setUint32(padding.length - 8, Math.floor(bits / 2 ** 32))
    view.setUint32(padding.length - 4, bits >>> 0)
    this.update(padding)
    const out = new Uint8Array(32)
    const words = new DataView(out.buffer)
    this.state.forEach((word, at) => words.setInt32(4 * at, word))
    return out
  }

  private compress(block: Uint8Array, from: number): void {
    const w = this.words
    for (let j = 0; j < 16; ++j) {
      const at = from + 4 * j
      w[j] = (block[at]! << 24) | (block[at + 1]! << 16) | (block[at + 2]! << 8) | block[at + 3]!
    }
    for (let j = 16; j < 68; ++j) w[j] = p1(w[j - 16]! ^ w[j - 9]! ^ rotate(w[j - 3]!, 15)) ^ rotate(w[j - 13]!, 7) ^ w[j - 6]!
    const v = this.state
    let [a, b, c, d, e, f, g, h] = [v[0]!, v[1]!, v[2]!, v[3]!, v[4]!, v[5]!, v[6]!, v[7]!]
    for (let j = 0; j < 64; ++j) {
      const a12 = rotate(a, 12)
      const ss1 = rotate((a12 + e + kRounds[j]!) | 0, 7)
      const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c)
      const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g)
      const tt1 = (ff + d + (ss1 ^ a12) + (w[j]! ^ w[j + 4]!)) | 0
      const tt2 = (gg + h + ss1 + w[j]!) | 0
      d = c
      c = rotate(b, 9)
      b = a
      a = tt1
      h = g
      g = rotate(f, 19)
      f = e
      e = p0(tt2)
    }
    v[0]! ^= a
    v[1]! ^= b
    v[2]! ^= c
    v[3]! ^= d
    v[4]! ^= e
    v[5]! ^= f
    v[6]! ^= g
    v[7]! ^= h
  }
}
