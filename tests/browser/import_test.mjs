// Reading in a roster as an administrator does it: choose a file, look, tell what is asked, carry
// out. Once with JavaScript, where every page is looked at, and once without.

import assert from 'node:assert/strict';

import { visit } from './lib/browser.mjs';
import { DIAGONAL, checkShown } from './lib/checks.mjs';
import { press, withPage } from './lib/school.mjs';
import { test } from './lib/tap.mjs';

const file = (text) => ({ name: 'leerlingen.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
const few = 'leerlingnummer,roepnaam,achternaam,geboortedatum,groep,jaargroep\n' +
  'r1,Zwaantje,Ketelaar,2016-11-03,Proefgroep,5\nr2,Wubbe,Ketelaar,2016-02-28,Proefgroep,5\n';
const carryOut = 'form:has(input[name=plan]) button';

async function read(page, text) {
  await visit(page, '/school/inlezen');
  await page.setInputFiles('input[type=file]', file(text));
  return press(page, 'form[enctype] button');
}

async function look(page, response, name) {
  await checkShown(page, response, `ilse ${name}`, { pairs: DIAGONAL });
}

test('an administrator: the page to read in a roster', () => withPage('ilse', {}, async (page) => {
  await look(page, await visit(page, '/school/inlezen'), 'inlezen');
}));

test('an administrator: a list without known columns', () => withPage('ilse', {}, async (page) => {
  await look(page, await read(page, 'a,b,c\nr1,Zwaantje,Ketelaar\n'), 'inlezen kolommen');
  assert.equal(await page.locator('form[action$="/instellingen"] select').count(), 3);
  await page.selectOption('#f-kolom1', '1');
  await page.selectOption('#f-kolom2', '2');
  await page.selectOption('#f-kolom3', '6');
  await press(page, 'form[action$="/instellingen"] button');
  assert.match(await page.textContent('.diff'), /Zwaantje Ketelaar/);
}));

test('an administrator: a file with an error', () => withPage('ilse', {}, async (page) => {
  const response = await read(page, 'leerlingnummer,roepnaam,geboortedatum\nr1,Zwaantje,gisteren\n');
  assert.equal(await page.locator('.pill--danger').count(), 1);
  await look(page, response, 'inlezen fout');
}));

test('an administrator: what a list would change, all opened', () => withPage('ilse', {}, async (page) => {
  const response = await read(page, few);
  await page.locator('.diff summary').evaluateAll((all) => all.forEach((one) => { one.parentElement.open = true; }));
  await look(page, response, 'inlezen bekijken');
}));

test('an administrator without JavaScript: confirms that many leave, carries out', () => withPage('ilse', { js: false },
  async (page) => {
    await read(page, few);
    const asked = await press(page, carryOut);
    assert.equal(asked.status(), 422);
    await page.check('input[name=leaving]');
    assert.equal((await press(page, carryOut)).status(), 200);
    assert.doesNotMatch(await page.content(), /Zwaantje/);
  }));

test('an administrator: the same people under other numbers are asked about', () => withPage('ilse', {}, async (page) => {
  await look(page, await read(page, few.replaceAll('\nr', '\nx')), 'inlezen dezelfde');
  await page.check('input[name=same][value=same]', { force: true });
  await look(page, await press(page, carryOut), 'inlezen klaar');
}));
