// Test points in TAP, one after the other in one process. A test fails by throwing.

import { inspect } from 'node:util';

const tests = [];

// `limit` in milliseconds, for what takes longer than a test may (120 seconds).
export function test(name, body, { limit } = {}) {
  tests.push({ name, body, limit });
}

// A test that cannot run here; the reason is shown.
export function skip(name, reason) {
  tests.push({ name, reason });
}

function diagnosis(error) {
  const text = error instanceof Error ? error.stack : inspect(error);
  return text.split('\n').map((line) => `# ${line}`).join('\n');
}

function withLimit(body, milliseconds) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([body(), limit]).finally(() => clearTimeout(timer));
}

// Runs what was registered and answers how many failed.
export async function runAll({ limit = 120_000 } = {}) {
  let failed = 0;
  console.log(`1..${tests.length}`);
  for (const [index, { name, body, reason, limit: own }] of tests.entries()) {
    const label = `${index + 1} - ${name.replaceAll('#', '\\#')}`;
    if (!body) {
      console.log(`ok ${label} # SKIP ${reason}`);
      continue;
    }
    try {
      await withLimit(body, own ?? limit);
      console.log(`ok ${label}`);
    } catch (error) {
      failed += 1;
      console.log(`not ok ${label}\n${diagnosis(error)}`);
    }
  }
  return failed;
}
