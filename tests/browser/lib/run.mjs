// node lib/run.mjs [FILE…]: runs the tests of these files, or of every *_test.mjs.

import { readdir } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

import { closeBrowser } from './browser.mjs';
import { stopAll } from './program.mjs';
import { runAll } from './tap.mjs';

const folder = fileURLToPath(new URL('..', import.meta.url));
const named = process.argv.slice(2);
const files = named.length
  ? named.map((file) => resolve(file))
  : (await readdir(folder)).filter((file) => file.endsWith('_test.mjs')).sort()
    .map((file) => resolve(folder, file));

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
