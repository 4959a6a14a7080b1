// Starts the program under test: the sanitizer build, on a free port, with a fresh state folder.

import { spawn, execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
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
async function makeDemo(program, state, options = []) {
  const { stdout } = await promisify(execFile)(program, ['demo', '--state', state, '--json', ...options],
    { env: environment, maxBuffer: 16 << 20 });
  const { accounts, password } = JSON.parse(stdout);
  const people = {};
  for (const { email, what } of accounts) people[email.split('@')[0]] = { name: email, password, what };
  return people;
}

// A database of its own for a state folder. On PostgreSQL that is a schema in the one that WEERKLANK_TEST_PG names (tests/pg/with_postgres.sh).
let schemas = 0;
export const hasServer = () => Boolean(process.env.WEERKLANK_TEST_PG);
const psql = (command) => promisify(execFile)('psql', ['-q', process.env.WEERKLANK_TEST_PG, '-c', command]);

async function databaseFor(engine, state) {
  if (engine === 'sqlite') return { url: `sqlite:${state}/weerklank.sqlite`, drop: async () => {} };
  if (!hasServer()) throw new Error('WEERKLANK_TEST_PG names no PostgreSQL');
  const schema = `browser_${process.pid}_${schemas += 1}`;
  await psql(`CREATE SCHEMA ${schema}`);
  return {
    url: `${process.env.WEERKLANK_TEST_PG}&options=-csearch_path%3D${schema}`,
    drop: () => psql(`SET client_min_messages = error; DROP SCHEMA ${schema} CASCADE`),
  };
}

// The demo of that moment (`--clock`), made once for all who begin there: { state, people }.
const demos = new Map();

function demoAt(program, clock) {
  if (!demos.has(clock)) demos.set(clock, (async () => {
    const state = await mkdtemp(join(tmpdir(), 'weerklank-demo-'));
    return { state, people: await makeDemo(program, state, ['--clock', clock]) };
  })());
  return demos.get(clock);
}

async function launchOnce(program, state, database, options, say) {
  const port = await freePort();
  const child = spawn(program, ['serve', '--database', database.url,
    '--listen', `127.0.0.1:${port}`, '--state', state, ...options],
  { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let ended = null;
  child.stdout.on('data', say);
  child.stderr.on('data', say);
  const closed = new Promise((done) => child.on('close', (code, signal) => { ended = signal ?? code; done(); }));

  async function end() {
    if (ended === null) child.kill('SIGTERM');
    const slow = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await closed;
    clearTimeout(slow);
    return ended;
  }
  const url = `http://127.0.0.1:${port}`;
  const isAnswered = await answers(url, () => ended === null, 30_000);
  return { url, end, isUp: isAnswered && ended === null };
}

// One run of `serve`: { url, end(signal), isUp }, where end() answers how it ended. Somebody else may take the port
// between our look and its start: then it says so, and another one is tried.
async function launch(program, state, database, options, say) {
  for (let left = 5; ; left -= 1) {
    let said = '';
    const run = await launchOnce(program, state, database, options, (data) => { said += data; say(data); });
    if (run.isUp || left === 0 || !said.includes('cannot listen')) return run;
  }
}

// A running program: { url, people, state, command(), log(), later(), stop() }. stop() throws when it did not end
// cleanly or a sanitizer had something to say. With demo: false there is only what `init`, the options of that
// subcommand, makes. With a clock ('2026-11-24T08:30', Dutch time) it stands still at that moment; later(moment)
// ends it and starts it again on the same state at another one, at a new `url`. command() runs a subcommand on the same installation
// and answers what it printed. WEERKLANK_BROWSER_ENGINE=postgresql has everything run there.
export async function startProgram({ demo = true, init = null, options = [], clock = null,
  engine = process.env.WEERKLANK_BROWSER_ENGINE ?? 'sqlite' } = {}) {
  const program = programPath();
  if (!program) throw new Error('build-asan has no program yet');
  const state = await mkdtemp(join(tmpdir(), 'weerklank-browser-'));
  const database = await databaseFor(engine, state);
  const where = ['--state', state, '--database', database.url];

  async function command(name, args = [], input = '') {
    const ran = promisify(execFile)(program, [name, ...where, ...args], { env: environment, maxBuffer: 16 << 20 });
    ran.child.stdin.end(input);
    return (await ran).stdout;
  }
  let people = {};
  if (init) await command('init', init.options, `${init.password}\n`);
  if (demo && clock && engine === 'sqlite') {
    const made = await demoAt(program, clock);
    await cp(made.state, state, { recursive: true });
    people = made.people;
  } else if (demo) {
    people = await makeDemo(program, state, ['--database', database.url, ...(clock ? ['--clock', clock] : [])]);
  }
  let said = '';
  const say = (data) => { said += data; };
  const at = (moment) => (moment ? [...options, '--clock', moment] : options);
  let run = await launch(program, state, database, at(clock), say);

  async function stop() {
    if (!running.delete(stop)) return;
    const ended = await run.end();
    await rm(state, { recursive: true, force: true });
    await database.drop();
    if (ended !== 0 || /Sanitizer|runtime error:/.test(said)) throw new Error(`ended with ${ended}:\n${said}`);
  }
  async function check() {
    if (run.isUp) return;
    await stop().catch(() => {});
    throw new Error(`it does not answer on ${run.url}:\n${said}`);
  }
  running.add(stop);
  await check();

  async function later(moment) {
    const ended = await run.end();
    if (ended !== 0) throw new Error(`ended with ${ended}:\n${said}`);
    run = await launch(program, state, database, at(moment), say);
    await check();
  }
  return { get url() { return run.url; }, people, state, command, later, stop, log: () => said };
}

// Stops what still runs; answers how many did not end cleanly.
export async function stopAll() {
  const results = await Promise.allSettled([...running].map((stop) => stop()));
  const wrong = results.filter(({ reason }) => reason);
  for (const made of demos.values())
    await made.then(({ state }) => rm(state, { recursive: true, force: true })).catch(() => {});
  for (const { reason } of wrong) console.log(`# ${String(reason).replaceAll('\n', '\n# ')}`);
  return wrong.length;
}
