// Every kind of answer for every age, on pages that tests/answer/pages.c draws: valid, accessible, usable by
// touch, mouse and keyboard, and without JavaScript.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

import { openContext, openPage, problems, visit } from './lib/browser.mjs';
import { DIAGONAL, checkPage } from './lib/checks.mjs';
import { programPath } from './lib/program.mjs';
import { test } from './lib/tap.mjs';

const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
  + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const ASSETS = new URL('../../assets/', import.meta.url);
const TYPES = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml', woff2: 'font/woff2' };
const BANDS = ['4-6', '7-9', '8-12', '12-18', 'adult'];
const run = promisify(execFile);
// One white pixel.
const PHOTO = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=', 'base64');

async function drawn(band, language, filled) {
  const program = join(dirname(programPath()), 'tests/answer/answer_pages');
  const { stdout } = await run(program, [band, language, filled], { maxBuffer: 8 << 20 });
  return stdout;
}

// As the program sends it.
const send = (response, type, data, headers = {}) => response
  .writeHead(200, { 'content-type': type, 'content-encoding': 'gzip', ...headers }).end(gzipSync(data));

// Paths are /BAND/LANGUAGE/FILLED; what is posted to /form ends up in state.posts.
async function serve(state, request, response) {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (request.method === 'POST') {
    let body = '';
    for await (const data of request) body += data;
    state.posts.push({ path: pathname, type: request.headers['content-type'], body });
    return response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>ja</title>');
  }
  if (pathname.startsWith('/up/')) return response.writeHead(200, { 'content-type': 'image/png' }).end(PHOTO);
  if (pathname.startsWith('/a/')) {
    const name = pathname.slice(3).replace(/\.[0-9a-f]{10}\./, '.');
    return send(response, TYPES[name.split('.').pop()], await readFile(new URL(name, ASSETS)));
  }
  const [, band, language, filled] = pathname.split('/');
  return send(response, 'text/html; charset=utf-8', await drawn(band, language, filled), { 'content-security-policy': CSP });
}

async function withServer(body) {
  const state = { posts: [] };
  const server = createServer((request, response) => {
    serve(state, request, response).catch(() => response.destroy());
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  try {
    await body(`http://127.0.0.1:${server.address().port}`, state);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

const withPage = (path, options, body) => withServer(async (origin, state) => {
  const context = await openContext(origin, options);
  try {
    const page = await openPage(context);
    await visit(page, path);
    await body(page, state);
    assert.deepEqual(await problems(page), []);
  } finally {
    await context.close();
  }
});

const posted = async (page, state, id) => {
  await page.locator(`#${id} .btn--primary`).click();
  await page.waitForLoadState('load');
  return new URLSearchParams(state.posts.at(-1).body);
};

for (const band of BANDS) {
  test(`all kinds are valid and accessible for ${band}`, () => withServer(async (origin) => {
    for (const filled of [0, 1])
      await checkPage(origin, `/${band}/nl/${filled}`, { name: `answers-${band}-${filled}`, pairs: DIAGONAL });
  }));
}

test('the youngest taps on large things only', () => withPage('/4-6/nl/0', { touch: true, width: 768 }, async (page) => {
  const small = await page.evaluate(() => [...document.querySelectorAll('.facepick, .tile, .cards__card')]
    .map((item) => [item.textContent.trim(), item.getBoundingClientRect()])
    .filter(([, box]) => box.width < 104 || box.height < 104).map(([text]) => text));
  assert.deepEqual(small, []);
  const tools = await page.evaluate(() => [...document.querySelectorAll('.kleur, .dikte, .gereedschap .kbtn')]
    .filter((item) => item.getBoundingClientRect().width < 64).length);
  assert.equal(tools, 0);
}));

/* --- drawing ---------------------------------------------------------------------------------- */

async function stroke(page, from, to) {
  const box = await page.locator('[data-sheet]').boundingBox();
  const at = ([x, y]) => [box.x + box.width * x, box.y + box.height * y];
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 8 });
  await page.mouse.up();
}
const strokes = (page) => page.locator('[data-drawing] .paper__ink path').count();
const written = (page) => page.locator('[data-drawing] input[name=a]').inputValue();

test('a drawing is made with a mouse, taken back, emptied, and sent', () => withPage('/8-12/nl/0', {}, async (page, state) => {
  const root = page.locator('[data-drawing]');
  await root.scrollIntoViewIfNeeded();
  await root.getByRole('button', { name: 'blauw' }).click();
  await root.getByRole('button', { name: 'dik', exact: true }).click();
  await stroke(page, [0.2, 0.2], [0.8, 0.2]);
  await root.getByRole('button', { name: 'rood' }).click();
  await stroke(page, [0.5, 0.3], [0.5, 0.8]);
  await stroke(page, [0.1, 0.9], [0.1, 0.9]); // a dot
  assert.equal(await strokes(page), 3);
  assert.match(await written(page), /^EC[\w-]+\.BC[\w-]+\.BC[\w-]{4}$/);
  await root.getByRole('button', { name: 'Eén stap terug' }).click();
  assert.equal(await strokes(page), 2);
  await root.getByRole('button', { name: 'Nieuw blad' }).click();
  assert.equal(await strokes(page), 0);
  assert.equal(await written(page), '');
  await root.getByRole('button', { name: 'Eén stap terug' }).click(); // the way back from an empty sheet
  assert.equal(await strokes(page), 2);
  const form = await posted(page, state, 'draw');
  assert.match(form.get('a'), /^EC[\w-]+\.BC[\w-]+$/);
}));

test('a drawing goes on where it was', () => withPage('/8-12/nl/1', {}, async (page) => {
  const before = await written(page);
  const count = await strokes(page);
  await page.locator('[data-drawing]').scrollIntoViewIfNeeded();
  await stroke(page, [0.3, 0.3], [0.6, 0.6]);
  assert.equal(await strokes(page), count + 1);
  assert.ok((await written(page)).startsWith(`${before}.`));
}));

test('a drawing is made with a finger', () => withPage('/4-6/nl/0', { touch: true, width: 768 }, async (page) => {
  await page.locator('[data-sheet]').scrollIntoViewIfNeeded();
  const box = await page.locator('[data-sheet]').boundingBox();
  await page.touchscreen.tap(box.x + 100, box.y + 100);
  assert.equal(await strokes(page), 1);
}));

test('a drawing is made with the keyboard', () => withPage('/8-12/nl/0', {}, async (page) => {
  await page.locator('[data-sheet]').focus();
  await page.keyboard.press('ArrowLeft');
  assert.equal(await strokes(page), 0);
  await page.keyboard.press(' ');
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await page.keyboard.press('ArrowRight');
  assert.equal(await strokes(page), 1);
  assert.equal(await written(page), 'ABHbFeg5g5g5g5'); // from (475, 350) four times 25 down
}));

test('without JavaScript a photo or words are there instead of a pen', () => withPage('/8-12/nl/0', { js: false }, async (page, state) => {
  const root = page.locator('#draw');
  assert.equal(await root.locator('.palet').isVisible(), false);
  assert.equal(await root.locator('[data-sheet]').isVisible(), false);
  await root.getByLabel('Vertel wat het is').fill('een boom');
  await root.getByLabel('Foto van een tekening op papier').setInputFiles({ name: 'b.png', mimeType: 'image/png', buffer: PHOTO });
  await root.getByRole('button', { name: 'Voeg toe' }).click();
  await page.waitForLoadState('load');
  assert.equal(state.posts[0].path, '/up');
  assert.match(state.posts[0].type, /^multipart\/form-data/);
  assert.match(state.posts[0].body, /name="a.text"\r\n\r\neen boom/);
  assert.match(state.posts[0].body, /name="file"; filename="b.png"/);
}));

/* --- theme cards ------------------------------------------------------------------------------ */

const row = (page) => page.locator('#cards .cards__row > li:not([hidden]) .cards__name').allTextContents();

test('cards are laid out by tapping, moved, and taken back', () => withPage('/8-12/nl/0', {}, async (page, state) => {
  const cards = page.locator('#cards');
  for (const name of ['trots', 'hulp', 'samen']) await cards.getByRole('button', { name, exact: true }).click();
  assert.deepEqual(await row(page), ['trots', 'hulp', 'samen']);
  await cards.getByRole('button', { name: 'samen een plek naar voren' }).click();
  assert.deepEqual(await row(page), ['trots', 'samen', 'hulp']);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'samen een plek naar voren');
  await page.keyboard.press('Enter'); // again, from where the focus stayed
  assert.deepEqual(await row(page), ['samen', 'trots', 'hulp']);
  assert.equal(await cards.locator('[role=status]').textContent(), 'samen: plek 1 van 3');
  await cards.getByRole('button', { name: 'Leg trots terug' }).click();
  assert.deepEqual(await row(page), ['samen', 'hulp']);
  const form = await posted(page, state, 'cards');
  assert.equal(form.get('a.together'), '1');
  assert.equal(form.get('a.help'), '2');
  assert.equal(form.get('a.proud'), '');
}));

test('cards lie as they were kept', () => withPage('/8-12/nl/1', {}, async (page) => {
  assert.deepEqual(await row(page), ['trots', 'hulp', 'vrije tijd']);
}));

test('without JavaScript every card has its place to choose', () => withPage('/8-12/nl/0', { js: false }, async (page, state) => {
  await page.locator('#cards').getByLabel('trots').selectOption('1');
  const form = await posted(page, state, 'cards');
  assert.equal(form.get('a.proud'), '1');
  assert.equal(form.get('a.help'), '');
}));

/* --- read aloud, and choosing without a mouse -------------------------------------------------- */

test('without a voice of the device there is no button to listen', () => withPage('/4-6/nl/0', {}, async (page) => {
  assert.equal(await page.locator('[data-say]:visible').count(), 0);
}));

test('a voice of the device says the question and what can be chosen, a voice from afar never', () => withServer(async (origin) => {
  const context = await openContext(origin);
  try {
    const page = await openPage(context);
    await page.addInitScript(() => {
      globalThis.said = [];
      const voices = [{ lang: 'nl-NL', localService: false }, { lang: 'en-GB', localService: true }];
      const speech = new EventTarget();
      Object.assign(speech, { getVoices: () => voices, cancel() {}, speak: (one) => globalThis.said.push(one.text) });
      Object.defineProperty(globalThis, 'speechSynthesis', { value: speech });
      globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
      globalThis.arrive = () => { voices.push({ lang: 'nl-BE', localService: true }); speech.dispatchEvent(new Event('voiceschanged')); };
    });
    await visit(page, '/4-6/nl/0');
    assert.equal(await page.locator('[data-say]:visible').count(), 0);
    await page.evaluate(() => globalThis.arrive());
    await page.locator('#mood [data-say]').click();
    assert.deepEqual(await page.evaluate(() => globalThis.said), ['Hoe vind je buiten spelen? fijn. gewoon. lastig. weet ik niet']);
  } finally {
    await context.close();
  }
}));

test('faces and steps are chosen with the keyboard', () => withPage('/8-12/nl/0', {}, async (page, state) => {
  await page.locator('#mood input').first().focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.locator('#mood input:checked').inputValue(), 'so-so');
  assert.equal((await posted(page, state, 'mood')).get('a'), 'so-so');
}));
