// The pictures in the README: docs/screenshots/make. Not a test; the names do not end in _test.

import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { visit } from './lib/browser.mjs';
import { placesOf, press, withPage } from './lib/school.mjs';
import { test } from './lib/tap.mjs';

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const SIZE = { width: 1280, height: 800 };
const BYTES_MAX = 200_000;

// A PNG of what is on the screen now.
async function picture(page, name) {
  await page.evaluate(() => document.fonts.ready);
  const path = `${folder}${name}.png`;
  await page.screenshot({ path });
  const { size } = await stat(path);
  assert.ok(size < BYTES_MAX, `${name}.png weighs ${size} bytes`);
}

test('aanmelden.png', () => withPage(null, SIZE, async (page) => {
  await visit(page, '/aanmelden');
  await picture(page, 'aanmelden');
}));

test('groep.png', () => withPage('marit', SIZE, async (page) => {
  await visit(page, '/');
  await picture(page, 'groep');
}));

test('notitie.png', () => withPage('marit', SIZE, async (page) => {
  await visit(page, '/');
  const item = page.locator('.classmap > li').nth(6);
  await item.locator('summary').click();
  await item.locator('textarea').pressSequentially('Ik zie dat je vandaag zelf hulp vroeg toen je vastliep.');
  await item.locator('.saved[data-state=saved]').waitFor();
  await picture(page, 'notitie');
}));

test('leerling.png', () => withPage('marit', SIZE, async (page) => {
  // Who has most to show.
  await visit(page, '/');
  const pupils = await page.locator('.pupil--gesproken').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  let best = (await placesOf('marit')).pupil;
  let most = 0;
  for (const pupil of pupils) {
    await visit(page, pupil);
    const count = await page.locator('.timeline .ev').count();
    if (count > most) [best, most] = [pupil, count];
  }
  await visit(page, best);
  await picture(page, 'leerling');
}));

test('pasjes.png', () => withPage('marit', SIZE, async (page) => {
  const { group } = await placesOf('marit');
  await visit(page, `${group}/pasjes`);
  await press(page, 'button[value="all"]');
  await picture(page, 'pasjes');
}));

test('samen.png', () => withPage('marit', SIZE, async (page) => {
  const { group } = await placesOf('marit');
  await visit(page, `${group}/gesprekken`);
  await visit(page, await page.locator('a[href*="/ronde/"]').first().getAttribute('href'));
  await visit(page, await page.locator('table.data th a').first().getAttribute('href'));
  await press(page, 'form[action$="/begin"] button');
  await page.locator('textarea').first().pressSequentially('Ik wil het over de weektaak hebben.');
  await page.locator('.saved[data-state=saved]').first().waitFor();
  await picture(page, 'samen');
}));

test('gespreksvormen.png', () => withPage('marit', SIZE, async (page) => {
  await visit(page, '/gespreksvormen');
  await picture(page, 'gespreksvormen');
}));
