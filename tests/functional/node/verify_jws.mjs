// verify_jws.mjs REPORT KEY: checks the ES256 signature of a signed report with a library that is not ours.
// KEY is a PEM public key or certificate. Prints the SHA-256 of the payload that was verified; exit status 1 where the
// signature does not verify.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { decodeProtectedHeader, generalVerify, importSPKI, importX509 } from 'jose';

const [report, keyFile] = process.argv.slice(2);
if (!keyFile) {
  console.error('usage: verify_jws.mjs REPORT KEY');
  process.exit(2);
}
const jws = JSON.parse(readFileSync(report, 'utf8'));
const pem = readFileSync(keyFile, 'utf8');
const key = pem.includes('BEGIN CERTIFICATE')
  ? await importX509(pem, 'ES256')
  : await importSPKI(pem, 'ES256');

// jose accepts a message with any one valid signature, so each is given to it alone.
const signatures = jws.signatures.filter((one) => decodeProtectedHeader(one).alg === 'ES256');
if (signatures.length === 0) {
  console.error('no ES256 signature');
  process.exit(1);
}
for (const one of signatures) {
  try {
    const { payload } = await generalVerify(
      { payload: jws.payload, signatures: [one] }, key, { algorithms: ['ES256'] });
    console.log(createHash('sha256').update(payload).digest('hex'));
  } catch (problem) {
    console.error(problem.code ?? problem.message);
    process.exit(1);
  }
}
