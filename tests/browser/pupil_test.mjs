// How children come in: with a badge, or by pictures on a device that the teacher opened.

import assert from 'node:assert/strict';

import { openContext, openPage, problems, signIn, visit } from './lib/browser.mjs';
import { firstPictureCode, placesOf, press, printBadges, school, withPage } from './lib/school.mjs';
import { test } from './lib/tap.mjs';

test('a badge opens the own place, and leaves its secret nowhere', async () => {
  const { group } = await placesOf('marit');
  let badges = [];
  await withPage('marit', {}, async (page) => { badges = await printBadges(page, group); });
  await withPage(null, {}, async (page) => {
    const addresses = [];
    page.on('request', (request) => addresses.push(`${request.url()} ${request.headers().referer ?? ''}`));
    await page.goto(`${(await school()).url}/pas#${badges[0].code}`);
    await page.waitForURL('**/ik');
    assert.match(await page.textContent('h1'), new RegExp(badges[0].name));
    const history = await page.evaluate(() => globalThis.navigation.entries().map((entry) => entry.url));
    assert.ok(history.length > 0 && history.every((address) => !address.includes('#')), history.join(' '));
    await page.goBack({ waitUntil: 'load' });
    if (await page.locator('#f-code').count()) assert.equal(await page.inputValue('#f-code'), '');
    assert.ok(addresses.every((address) => !address.includes(badges[0].code)));
    // The badge of another child, shown to the same tablet: now that child is in.
    await page.goto(`${(await school()).url}/pas#${badges[1].code}`);
    await page.waitForURL('**/ik');
    assert.match(await page.textContent('h1'), new RegExp(badges[1].name));
    assert.deepEqual(await problems(page), []);
  });
});

test('without JavaScript the code of a badge is typed; a wrong one is told kindly', async () => {
  const { group } = await placesOf('marit');
  let badges = [];
  await withPage('marit', {}, async (page) => { badges = await printBadges(page, group); });
  await withPage(null, { js: false }, async (page) => {
    await visit(page, '/pas');
    await page.fill('#f-code', 'zzzzzzzzzzzzzzzzzzzzzzzzzz');
    await press(page, '[data-fragment] button');
    assert.match(await page.textContent('[role=alert]'), /Dit pasje werkt niet/);
    await page.fill('#f-code', badges[2].code.toUpperCase().replace(/(.{5})/g, '$1 '));
    await press(page, '[data-fragment] button');
    assert.match(await page.textContent('h1'), new RegExp(badges[2].name));
    await press(page, 'button[value="3"]');
    assert.equal(await page.getAttribute('button[value="3"]', 'aria-pressed'), 'true');
  });
});

for (const js of [true, false])
  test(`the device of the group: a name and three pictures, by touch${js ? '' : ', without JavaScript'}`, async () => {
    const { url, people } = await school();
    const { group } = await placesOf('marit');
    const context = await openContext(url, { width: 768, height: 1024, touch: true, js });
    const page = await openPage(context);
    const tap = (target) => Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.locator(target).first().tap()]);
    await signIn(page, people.marit);
    const { pupil, pictures } = await firstPictureCode(page, group);
    await visit(page, `${group}/pasjes`);
    await tap('form[action$="/klas"] button');
    assert.equal(new URL(page.url()).pathname, '/klas');
    await visit(page, '/'); // nothing of the teacher is left in this browser
    assert.equal(new URL(page.url()).pathname, '/aanmelden');
    await visit(page, '/klas');
    await tap(`a[href$="/${pupil}"]`);
    for (const box of await page.locator('.ctile').evaluateAll((tiles) => tiles.map((tile) => tile.getBoundingClientRect().toJSON())))
      assert.ok(box.width >= 104 && box.height >= 104 && box.bottom <= 1024, 'a picture is too small, or below the fold');
    for (const picture of [...pictures].reverse()) await tap(`button[value="${picture}"]`);
    const wrong = new URL(page.url()).pathname !== '/ik';
    assert.equal(wrong, pictures[0] !== pictures[2]);
    if (wrong) {
      assert.match(await page.textContent('[role=status]'), /Deze niet/);
      for (const picture of pictures) await tap(`button[value="${picture}"]`);
    }
    assert.equal(new URL(page.url()).pathname, '/ik');
    assert.equal(await page.locator('[action="/ik/teken"]').count(), 0); // pictures open less than a badge
    await visit(page, group, { status: 404 });
    await visit(page, '/ik');
    await tap('[action="/klaar"] button');
    await visit(page, '/ik').catch(() => {});
    assert.notEqual(new URL(page.url()).pathname, '/ik');
    await context.close();
  });
