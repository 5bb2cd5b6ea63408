// verify_sigstore.mjs RUN_VECTORS FOLDER: judges the Sigstore bundles of a case list (tests/vectors/tlogs) with ours and
// with a verifier that is not ours. Prints each case on which they differ; exit status 1 where the list does not say that
// they do (`choice`), or where ours is not the verdict that the list expects; 77 where the other is not installed.
import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [runner, folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: verify_sigstore.mjs RUN_VECTORS FOLDER');
  process.exit(2);
}
const installed = (name) => import(name).catch(() => {
  console.error(`npm package ${name} is not installed: run tests/install check`);
  process.exit(77);
});
const { bundleFromJSON } = await installed('@sigstore/bundle');
const { TrustedRoot } = await installed('@sigstore/protobuf-specs');
const { toSignedEntity, toTrustMaterial, Verifier } = await installed('@sigstore/verify');

const read = (name) => readFileSync(join(folder, name));

function theirs({ bundle, trusted_root, key, artifact }) {
  try {
    const root = TrustedRoot.fromJSON(JSON.parse(read(trusted_root)));
    const publicKey = createPublicKey(read(key));
    const material = toTrustMaterial(root, () => ({ publicKey, validFor: () => true }));
    const verifier = new Verifier(material, { tlogThreshold: 1, ctlogThreshold: 0, timestampThreshold: 0 });
    verifier.verify(toSignedEntity(bundleFromJSON(JSON.parse(read(bundle))), read(artifact)));
    return 'accept';
  } catch (problem) {
    return `reject (${problem.code ?? problem.name})`;
  }
}

// Lines of identifier, expected verdict and verdict, as tests/vectors/main.cc prints them.
const ours = new Map(execFileSync(runner, ['tlogs', folder], { encoding: 'utf8' }).split('\n')
  .map((line) => line.split('\t')).map(([id, , got]) => [id, got]));

const cases = read('cases.jsonl').toString().split('\n').filter(Boolean).map((line) => JSON.parse(line))
  .filter((one) => one.type === 'sigstore-bundle' && !one.needs);
let wrong = 0;
let differences = 0;
for (const one of cases) {
  const verdict = theirs(one.inputs);
  const same = verdict.split(' ')[0] === one.expect;
  const mayDiffer = /sigstore-js .* accepts/.test(one.choice ?? '');
  if (!same) {
    differences += 1;
    console.log(`${one.id}: @sigstore/verify ${verdict}, expected ${one.expect}: ${one.reason}`);
  }
  if (same === mayDiffer) {
    wrong += 1;
    console.log(`${one.id}: the case list does not say so`);
  }
  const own = ours.get(one.id) ?? 'nothing';
  if (own.split(' ')[0] !== one.expect) {
    wrong += 1;
    console.log(`${one.id}: ours says ${own}`);
  }
}
console.log(`${cases.length} bundles, ${differences} differences, ${wrong} wrong`);
process.exit(cases.length === 0 || wrong > 0 ? 1 : 0);
