// NAME.br and NAME.gz beside each text file of the build, so that the gateway compresses nothing itself. index.html is
// left out: each answer holds another nonce.
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'
import type { Plugin } from 'vite'

const kText = /\.(js|css|svg)$/

export function compressed(): Plugin {
  return {
    name: 'compressed',
    writeBundle(options, bundle) {
      for (const name of Object.keys(bundle).filter((each) => kText.test(each))) {
        const file = path.join(options.dir ?? '', name)
        const bytes = fs.readFileSync(file)
        const brotli = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }
        fs.writeFileSync(`${file}.br`, zlib.brotliCompressSync(bytes, brotli))
        fs.writeFileSync(`${file}.gz`, zlib.gzipSync(bytes, { level: 9 }))
      }
    },
  }
}
