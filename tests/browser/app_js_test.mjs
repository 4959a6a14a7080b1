// assets/app.js and style.css on small pages of our own, with a server that does as it is told.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';

import { openContext, openPage, problems, visit } from './lib/browser.mjs';
import { checkPage } from './lib/checks.mjs';
import { test } from './lib/tap.mjs';

const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
  + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const ASSETS = new URL('../../assets/', import.meta.url);
const TYPES = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml', woff2: 'font/woff2' };

const hidden = '<input type="hidden" name="csrf" value="tok">';
const icon = (name) => `<svg class="ic" viewBox="0 0 24 24" aria-hidden="true"><use href="/a/icons.svg#i-${name}"/></svg>`;

const pupil = (name, state) => `<li data-state="${state}"><a class="pupil pupil--${state}" href="#${name}"><span
class="pupil__av"><span class="avatar av1" aria-hidden="true">${name[0]}</span></span><span class="pupil__t"><span
class="pupil__n">${name}</span><span class="pupil__d">12 nov</span></span></a><details class="quicknote"><summary>
${icon('sticky-note')}<span class="vh">Notitie over ${name}</span></summary><form method="post" action="/form" data-guard>
${hidden}<div class="field"><label for="q-${name}">Wat zag je?</label><textarea class="input" id="q-${name}"
name="body"></textarea></div><button class="btn" type="submit">Bewaar</button></form></details></li>`;

const main = `<div class="errorsummary" role="alert" tabindex="-1"><h2>Er klopt nog iets niet</h2>
<ul><li><a href="#f-naam">Vul een naam in.</a></li></ul></div>
<form class="switches" method="post" action="/look" data-switch>${hidden}
<button class="btn btn--line" type="submit" name="theme" value="auto" aria-pressed="true">Apparaat</button>
<button class="btn btn--line" type="submit" name="theme" value="dark" aria-pressed="false">${icon('moon')}Donker</button>
<button class="btn btn--line" type="submit" name="reading" value="wide" aria-pressed="false">Ruim</button></form>
<section class="card"><h2>Groep</h2>
<div class="chips filter" role="group" aria-label="Laat zien" data-filter="#klas" hidden>
<label class="chip"><input type="radio" name="f" value="" checked><span>Iedereen</span></label>
<label class="chip"><input type="radio" name="f" value="nog"><span>Nog niet</span></label></div>
<ul class="classmap" id="klas">${pupil('Zeynep', 'klaar')}${pupil('Finn', 'nog')}</ul></section>
<form class="form card" method="post" action="/form" data-autosave data-autosave-url="/save">${hidden}
<input type="hidden" name="version" value="3">
<div class="field"><label for="t">Verhaal</label><textarea class="input" id="t" name="text"></textarea></div>
<label class="check"><input type="checkbox" name="later" value="1"><span>Later</span></label>
<p class="saved" role="status" data-saved="Bewaard om {0}" data-failed="Niet bewaard.">${icon('circle-check')}<span></span></p>
<p class="callout callout--warn" role="alert" data-conflict="Er is ook: {0}" hidden></p>
<div class="form__end"><button class="btn btn--primary" type="submit">Bewaar</button></div></form>
<form class="form card" method="post" action="/form"><div class="form__row"><div class="field field--error">
<label for="f-naam">Naam</label><p class="error" id="e-naam">${icon('triangle-alert')}Vul een naam in.</p>
<input class="input" id="f-naam" name="naam" aria-describedby="e-naam" aria-invalid="true"></div>
<div class="field"><label for="d">Datum</label><p class="hint" id="h-d">Als 3-11-2016</p>
<input class="input" id="d" name="d" aria-describedby="h-d"></div></div>
<button class="btn btn--danger" type="submit">Verwijder</button></form>
<div class="tablebox card"><table class="data"><caption>Wie werkt hier</caption><thead><tr><th scope="col">Naam</th>
<th scope="col">Rol</th></tr></thead><tbody><tr><th scope="row">Marit</th>
<td><span class="pill pill--ok">${icon('check')}Leerkracht</span></td></tr></tbody></table></div>
<nav class="pager" aria-label="Bladeren"><a href="#p1">Vorige</a><span aria-current="page">2</span></nav>
<ol class="steps"><li class="done"><span class="dot">${icon('check')}</span><a href="#s">School</a>
<span class="pill pill--ok">${icon('check')}klaar</span></li><li class="now"><span class="dot">2</span><a
href="#g">Groepen</a><span class="pill">bezig</span></li></ol>
<ul class="codes" id="codes"><li>k4f9-22xa</li><li class="used">b4f9-22xa</li></ul>
<button class="btn" type="button" data-copy="#codes" data-copied="Gekopieerd" hidden><span>Kopieer</span></button>
<div class="diff"><details class="diff__group diff__group--moved" open><summary>1 verhuisd</summary><ul><li><span>Sem</span>
<span><del>groep 6</del> <ins>groep 7</ins></span></li></ul></details></div>
<ul class="sessions card"><li>${icon('key')}<div>Chrome<p class="small muted">vandaag</p></div>
<button class="btn btn--s" type="button">Afmelden</button></li></ul>`;

const PAGE = `<!DOCTYPE html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Proef</title>
<link rel="stylesheet" href="/a/style.css">
<link rel="icon" href="/a/icon.svg" type="image/svg+xml">
<script src="/a/waiting.js" defer></script>
<script src="/a/app.js" defer></script>
</head>
<body>
<a class="skip" href="#inhoud">Naar de inhoud</a>
<main id="inhoud" class="wrap stack"><h1>Proef</h1>${main}</main>
</body>
</html>
`;

const ANSWERS = {
  saved: [200, { saved_at: '10.21', version: 4 }],
  conflict: [200, { conflict: true, theirs: '<b>x</b>', version: 9 }],
  long: [422, { error: 'Te lang.' }],
  refused: [403, { error: true }],
  down: [500, null],
};

async function serve(state, request, response) {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (request.method === 'POST') {
    let body = '';
    for await (const data of request) body += data;
    state.posts.push({ path: pathname, body: new URLSearchParams(body), as: request.headers['x-requested-with'] });
    if (pathname === '/look') return response.writeHead(303, { location: '/' }).end();
    if (pathname === '/form') return response.writeHead(200, { 'content-type': 'text/html' }).end('<title>ja</title>');
    const [code, said] = ANSWERS[state.answer];
    if (!said) return response.writeHead(code, { 'content-type': 'text/html' }).end('<p>stuk');
    return response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  }
  if (pathname.startsWith('/a/')) {
    const type = TYPES[pathname.split('.').pop()];
    const file = await readFile(new URL(pathname.slice(3), ASSETS));
    if (type === TYPES.woff2) return response.writeHead(200, { 'content-type': type }).end(file);
    // As the program sends it: what a page weighs is what comes over the line.
    return response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(gzipSync(file));
  }
  return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': CSP }).end(PAGE);
}

// body(page, state): state.answer says how autosave is answered, state.posts is what came in.
async function withPage(options, body) {
  const state = { posts: [], answer: 'saved', dialogs: 0 };
  const server = createServer((request, response) => {
    serve(state, request, response).catch(() => response.destroy());
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const context = await openContext(origin, options);
  try {
    const page = await openPage(context);
    page.on('dialog', (dialog) => { state.dialogs += 1; dialog.dismiss(); });
    await visit(page, '/');
    await body(page, state, context, origin);
  } finally {
    await context.close();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

const status = (page, text) => page.waitForFunction(
  (want) => document.querySelector('[role=status] span').textContent === want, text, { timeout: 8000 });
const saves = (state) => state.posts.filter((post) => post.path === '/save');
const theme = (page) => page.evaluate(() => document.documentElement.dataset.theme);

test('every component is accessible in all themes and widths', () => withPage({}, async (page, state, context, origin) => {
  await checkPage(origin, '/');
}));

test('a field saves itself after typing stops, with token and version', () => withPage({}, async (page, state) => {
  await page.fill('#t', 'hallo');
  await page.waitForTimeout(400);
  assert.equal(saves(state).length, 0);
  await status(page, 'Bewaard om 10.21');
  assert.deepEqual(saves(state).map((post) => [post.as, `${post.body}`]), [['autosave', 'csrf=tok&version=3&text=hallo']]);
  await page.check('input[name=later]');
  await page.uncheck('input[name=later]');
  await page.waitForTimeout(400);
  assert.equal(`${saves(state).at(-1).body}`, 'csrf=tok&version=4&later=');
  assert.deepEqual(await problems(page), []);
}));

test('leaving a field saves it at once', () => withPage({}, async (page, state) => {
  await page.fill('#t', 'hallo');
  await page.focus('#d');
  await page.waitForTimeout(400);
  assert.equal(saves(state).length, 1);
}));

for (const answer of ['down', 'refused'])
  test(`what is not saved stays, asks before leaving and is tried again: ${answer}`, () => withPage({}, async (page, state) => {
    state.answer = answer;
    await page.fill('#t', 'meer');
    await status(page, 'Niet bewaard.');
    await page.goto(page.url()).catch(() => {});
    assert.equal(state.dialogs, 1);
    assert.equal(await page.inputValue('#t'), 'meer');
    state.answer = 'saved';
    await status(page, 'Bewaard om 10.21');
    assert.equal(saves(state).at(-1).body.get('text'), 'meer');
  }));

test('a text the server does not take is shown and not sent again until it changes', () => withPage({}, async (page, state) => {
  state.answer = 'long';
  await page.fill('#t', 'lang');
  await status(page, 'Te lang.');
  await page.waitForTimeout(2500);
  assert.equal(saves(state).length, 1);
  state.answer = 'saved';
  await page.fill('#t', 'kort');
  await status(page, 'Bewaard om 10.21');
}));

test('a conflict shows the other text, as text, and goes on from the new version', () => withPage({}, async (page, state) => {
  state.answer = 'conflict';
  await page.fill('#t', 'mijn');
  await page.locator('[data-conflict]:visible').waitFor();
  assert.equal(await page.textContent('[data-conflict]'), 'Er is ook: <b>x</b>');
  assert.equal(await page.inputValue('[name=version]'), '9');
}));

test('theme and reading help change at once and are posted', () => withPage({}, async (page, state) => {
  await page.click('button[value=dark]');
  assert.equal(await theme(page), 'dark');
  assert.equal(await page.getAttribute('button[value=dark]', 'aria-pressed'), 'true');
  await page.click('button[value=wide]');
  assert.equal(await page.evaluate(() => document.documentElement.dataset.reading), 'ruim');
  await page.click('button[value=auto]');
  assert.equal(await theme(page), undefined);
  await page.waitForTimeout(200);
  assert.deepEqual(state.posts.map((post) => `${post.body}`),
    ['csrf=tok&theme=dark', 'csrf=tok&reading=wide', 'csrf=tok&theme=auto']);
}));

test('the filter shows only who is meant', () => withPage({}, async (page) => {
  await page.check('input[name=f][value=nog]');
  assert.equal(await page.locator('#klas > li:visible').count(), 1);
  await page.check('input[name=f][value=""]');
  assert.equal(await page.locator('#klas > li:visible').count(), 2);
}));

test('a quick note by keyboard: open, close, keep on leaving, send', () => withPage({}, async (page, state) => {
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.tagName);
  await page.locator('summary').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.id === 'q-Zeynep');
  await page.keyboard.press('Escape');
  assert.equal(await focused(), 'SUMMARY');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.id === 'q-Zeynep');
  await page.keyboard.type('lachte');
  await page.goto(page.url()).catch(() => {});
  assert.equal(state.dialogs, 1);
  await page.focus('#q-Zeynep');
  await Promise.all([page.waitForURL('**/form'), page.keyboard.press('Control+Enter')]);
  assert.equal(state.dialogs, 1);
  assert.equal(`${state.posts.at(-1).body}`, 'csrf=tok&body=lachte');
}));

test('the error summary has the focus; codes can be copied', () => withPage({}, async (page, state, context) => {
  assert.equal(await page.evaluate(() => document.activeElement.className), 'errorsummary');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.click('[data-copy]');
  await page.getByText('Gekopieerd').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'k4f9-22xa\nb4f9-22xa');
}));

test('without script nothing is shown that needs it', () => withPage({ js: false }, async (page) => {
  assert.equal(await page.isVisible('[data-filter]'), false);
  assert.equal(await page.isVisible('[data-copy]'), false);
  assert.equal(await page.isVisible('.classmap .pupil'), true);
}));

test('the theme follows the system until the reader chooses, and paper is light', async () => {
  const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  for (const [system, colour] of [['light', 'rgb(246, 244, 238)'], ['dark', 'rgb(21, 24, 35)'], ['contrast', 'rgb(255, 255, 255)']])
    await withPage({ theme: system }, async (page) => {
      assert.equal(await ground(page), colour);
      await page.evaluate(() => { document.documentElement.dataset.theme = 'dark'; });
      assert.equal(await ground(page), 'rgb(21, 24, 35)');
      await page.evaluate(() => { document.documentElement.dataset.theme = 'light'; });
      assert.equal(await ground(page), 'rgb(246, 244, 238)');
      await page.evaluate(() => { document.documentElement.dataset.theme = 'dark'; });
      await page.emulateMedia({ media: 'print' });
      assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.card')).backgroundColor), 'rgb(255, 255, 255)');
    });
});
