// Starts the program under test: the sanitizer build, on a free port, with a fresh state folder.

import { spawn, execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../..', import.meta.url));
// No search for leaks here: it traces its own process, which the program's sandbox forbids. The unit
// tests search.
const environment = {
  ...process.env,
  ASAN_OPTIONS: 'detect_leaks=0',
  UBSAN_OPTIONS: 'halt_on_error=1:print_stacktrace=1',
};
const running = new Set();

// WEERKLANK_PROGRAM names another one, for example that of the release build.
export function programPath() {
  const places = [process.env.WEERKLANK_PROGRAM, 'build-asan/weerklank', 'build-asan/src/weerklank'];
  return places.filter(Boolean).map((place) => join(root, place)).find((place) => existsSync(place));
}

export async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

// Waits until something answers; `alive` says whether waiting still makes sense.
async function answers(url, alive, milliseconds) {
  const end = Date.now() + milliseconds;
  while (Date.now() < end && alive()) {
    try {
      await fetch(url, { redirect: 'manual' });
      return true;
    } catch {
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  return false;
}

// The people of the demo schools by call name, { marit: { name, password, what } }, as `demo --json`
// tells them; `name` is what they type to sign in.
async function makeDemo(program, state) {
  const { stdout } = await promisify(execFile)(program, ['demo', '--state', state, '--json'],
    { env: environment, maxBuffer: 16 << 20 });
  const { accounts, password } = JSON.parse(stdout);
  const people = {};
  for (const { email, what } of accounts) people[email.split('@')[0]] = { name: email, password, what };
  return people;
}

// A running program: { url, people, state, log(), stop() }. stop() throws when it did not end
// cleanly or a sanitizer had something to say. With demo: false the database is empty.
export async function startProgram({ demo = true, options = [] } = {}) {
  const program = programPath();
  if (!program) throw new Error('build-asan has no program yet');
  const state = await mkdtemp(join(tmpdir(), 'weerklank-browser-'));
  const people = demo ? await makeDemo(program, state) : {};
  const port = await freePort();
  const child = spawn(program, ['serve', '--database', `sqlite:${state}/weerklank.sqlite`,
    '--listen', `127.0.0.1:${port}`, '--state', state, ...options],
  { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let ended = null;
  child.stdout.on('data', (data) => { said += data; });
  child.stderr.on('data', (data) => { said += data; });
  const end = new Promise((done) => child.on('close', (code, signal) => { ended = signal ?? code; done(); }));

  async function stop() {
    if (!running.delete(stop)) return;
    if (ended === null) child.kill('SIGTERM');
    const slow = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await end;
    clearTimeout(slow);
    await rm(state, { recursive: true, force: true });
    if (ended !== 0 || /Sanitizer|runtime error:/.test(said)) throw new Error(`ended with ${ended}:\n${said}`);
  }
  running.add(stop);

  const url = `http://127.0.0.1:${port}`;
  if (!await answers(url, () => ended === null, 30_000)) {
    await stop().catch(() => {});
    throw new Error(`it does not answer on ${url}:\n${said}`);
  }
  return { url, people, state, stop, log: () => said };
}

// Stops what still runs; answers how many did not end cleanly.
export async function stopAll() {
  const results = await Promise.allSettled([...running].map((stop) => stop()));
  const wrong = results.filter(({ reason }) => reason);
  for (const { reason } of wrong) console.log(`# ${String(reason).replaceAll('\n', '\n# ')}`);
  return wrong.length;
}
