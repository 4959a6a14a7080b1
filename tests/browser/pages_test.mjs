// Every page, as everybody who may see it: valid HTML, accessible in three themes at three widths,
// no error in the console, nothing from elsewhere, light.

import assert from 'node:assert/strict';

import { signIn, visit } from './lib/browser.mjs';
import { DIAGONAL, MATRIX, checkPage, checkShown } from './lib/checks.mjs';
import { cookiesOf, firstPictureCode, placesOf, press, printBadges, school, withPage } from './lib/school.mjs';
import { test } from './lib/tap.mjs';

async function check(who, path, { pairs = DIAGONAL, status = 200, name = path } = {}) {
  const { url } = await school();
  const cookies = who ? await cookiesOf(who) : [];
  await checkPage(url, path, { cookies, status, pairs, name: `${who ?? 'nobody'} ${name}` });
}

test('nobody: signing in, badge, closed device, help, look, a page that is not', async () => {
  await check(null, '/aanmelden', { pairs: MATRIX });
  await check(null, '/pas');
  await check(null, '/klas');
  await check(null, '/hulp');
  await check(null, '/weergave');
  await check(null, '/nergens', { status: 404 });
});

test('a teacher: the group with a note open', () => withPage('marit', {}, async (page) => {
    const response = await visit(page, '/');
  await page.locator('.classmap summary').nth(4).click();
  await checkShown(page, response, 'marit note open');
}));

test('a teacher: the whole group is seen at 1280 × 800 without scrolling', () => withPage('marit', { height: 800 },
  async (page) => {
    await visit(page, '/');
    const { y, height } = await page.locator('.classmap > li').last().boundingBox();
    assert.ok(y + height <= 800, `the last pupil ends at ${y + height} px`);
  }));

test('a teacher: dossier, observation, notes, who looked, print', async () => {
  const { pupil, observation } = await placesOf('marit');
  await check('marit', pupil, { pairs: MATRIX, name: 'dossier' });
  if (observation) await check('marit', observation, { name: 'observation' });
  await check('marit', `${pupil}/notities`, { name: 'notes' });
  await check('marit', `${pupil}/inzage`, { name: 'looked' });
  await check('marit', `${pupil}/print`, { name: 'print' });
});

test('a teacher: group, badges, sheet, account, second step', () => withPage('marit', {}, async (page) => {
  const { group } = await placesOf('marit');
  await check('marit', group, { name: 'group' });
  await check('marit', `${group}/pasjes`, { name: 'badges' });
  await check('marit', '/account');
  await check('marit', '/account/tweede-stap');
  await check('marit', '/weergave');
  await check('marit', '/hulp');
  await visit(page, `${group}/pasjes`);
  const response = await press(page, 'button[value="all"]');
  await checkShown(page, response, 'marit sheet', { pairs: DIAGONAL });
}));

test('kinds of conversation: looking, and every page of making one\'s own', () => withPage('farida', {}, async (page) => {
  await check('marit', '/gespreksvormen', { pairs: MATRIX });
  await check('marit', '/gespreksvormen/vorm?naam=k12', { pairs: MATRIX });
  await check('farida', '/school/gespreksvormen');
  await visit(page, '/school/gespreksvormen');
  const response = await press(page, page.locator('form:has([value="k12"]) button'));
  await checkShown(page, response, 'draft');
  const draft = new URL(page.url()).pathname;
  await check('farida', `${draft}/gegevens`, { name: 'draft head' });
  for (const part of ['voorbereiding', 'fase', 'vraag']) {
    await visit(page, draft);
    const link = await page.locator(`main a[href*="/${part}?"]`).first().getAttribute('href');
    await check('farida', link, { pairs: MATRIX, name: `draft ${part}` });
  }
}));

for (const [who, does] of [['farida', 'coordinator'], ['joost', 'principal'], ['ilse', 'administrator'],
  ['kwame', 'support'], ['rachid', 'mentor']])
  test(`a ${does}: the start page`, () => check(who, '/'));

test('an empty form that is refused says so on top, and keeps what was typed', () => withPage('marit', {},
  async (page) => {
    const { pupil } = await placesOf('marit');
    await visit(page, `${pupil}/notities`);
    await page.locator('form.form').evaluate((form) => { form.noValidate = true; });
    await page.fill('#f-ends_on', '2020-01-01');
    await page.fill('#f-body', 'Blijft staan');
    const response = await press(page, 'form.form button[type=submit]');
    assert.equal(response.status(), 422);
    assert.equal(await page.inputValue('#f-body'), 'Blijft staan');
    assert.match(await page.title(), /^Let op:/);
    assert.ok(await page.isVisible('.errorsummary a[href="#f-ends_on"]'));
    await checkShown(page, response, 'notes refused', { pairs: DIAGONAL });
  }));

test('a child: the device of the group, pictures, and the own place', () => withPage(null, {}, async (page) => {
  const { group } = await placesOf('marit');
  const { people } = await school();
  await signIn(page, people.marit); // of its own: opening the device ends this session
  const { pupil } = await firstPictureCode(page, group);
  const [{ code }] = await printBadges(page, group);
  await visit(page, `${group}/pasjes`);
  await checkShown(page, await press(page, 'form[action$="/klas"] button'), 'klas', { pairs: DIAGONAL });
  await checkShown(page, await visit(page, `/klas/${pupil}`), 'pictures', { pairs: DIAGONAL });
  await checkShown(page, await press(page, '.ctile'), 'pictures one chosen', { themes: ['light'], widths: [768] });
  await visit(page, '/pas');
  await page.fill('#f-code', code);
  await checkShown(page, await press(page, '[data-fragment] button'), 'ik');
  await checkShown(page, await visit(page, group, { status: 404 }), 'child refused', { pairs: DIAGONAL });
}));
