// Searching: from the box in the bar, with the keyboard, and the way back; and no address holds the words.

import assert from 'node:assert/strict';

import { problems, visit } from './lib/browser.mjs';
import { press, withPage } from './lib/school.mjs';
import { test } from './lib/tap.mjs';

const TEACHER = 'marit';

// The call name of the first pupil of the group: a word that is found, whatever the demo holds.
async function someName(page) {
  await visit(page, '/');
  const label = await page.locator('.classmap a.pupil .pupil__n').first().textContent();
  return label.trim().split(/\s+/).find((word) => /^\p{Lu}\p{L}{2,}$/u.test(word));
}

const found = (page) => page.locator('.found').first().waitFor();

test('with / one is in the box, what is found is shown, and "back" leads to it', async () => {
  await withPage(TEACHER, {}, async (page) => {
    const name = await someName(page);
    assert.ok(name, 'a name on the class map');
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'zoek');
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/zoeken');
    await found(page);
    assert.equal(await page.inputValue('#f-q'), name);
    await press(page, page.locator('.found h2 a').first());
    assert.match(new URL(page.url()).pathname, /^\/(leerling|school)\//);
    await page.goBack();
    await found(page);
    assert.equal(await page.inputValue('#f-q'), name);
    assert.ok(asked.every((url) => !url.toLowerCase().includes(name.toLowerCase())), 'the name is in no address');
    assert.deepEqual(await problems(page), []);
  });
});

test('a word of nothing says so, and another kind looks anew', async () => {
  await withPage(TEACHER, {}, async (page) => {
    await visit(page, '/zoeken');
    await page.fill('#f-q', 'xqzwvk');
    await page.keyboard.press('Enter');
    await page.locator('#gevonden', { hasText: /\S/ }).waitFor();
    assert.equal(await page.locator('.found').count(), 0);
    await page.locator('label.chip', { has: page.locator('input[value=observatie]') }).click();
    await page.locator('input[value=observatie]:checked').waitFor({ state: 'attached' });
    assert.deepEqual(await problems(page), []);
  });
});

test('without script the form does the same', async () => {
  await withPage(TEACHER, { js: false }, async (page) => {
    const name = await someName(page);
    await visit(page, '/zoeken');
    await page.fill('#f-q', name);
    await press(page, '.search button[type=submit]');
    await found(page);
    assert.equal(new URL(page.url()).search, '');
  });
});
