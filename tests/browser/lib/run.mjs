// node lib/run.mjs [FILE… | N/M]: runs the tests of these files, of every *_test.mjs, or of the Nth of M shares of them:
// then M runs beside each other are all of them.

import { readdir } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

import { closeBrowser } from './browser.mjs';
import { stopAll } from './program.mjs';
import { runAll } from './tap.mjs';

const folder = fileURLToPath(new URL('..', import.meta.url));
const named = process.argv.slice(2);
const share = /^(\d+)\/(\d+)$/.exec(named[0] ?? '1/1');
const files = share
  ? (await readdir(folder)).filter((file) => file.endsWith('_test.mjs')).sort()
    .filter((file, index) => index % Number(share[2]) === Number(share[1]) - 1)
    .map((file) => resolve(folder, file))
  : named.map((file) => resolve(file));

async function cleanUp() {
  await closeBrowser();
  return stopAll();
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => cleanUp().finally(() => process.exit(1)));
}

for (const file of files) await import(pathToFileURL(file));
let failed = 1;
try {
  failed = await runAll();
} finally {
  failed += await cleanUp(); // a program that did not end cleanly fails the run
}
process.exit(failed ? 1 : 0);
