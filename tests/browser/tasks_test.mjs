// What people come for, done in the browser as they do it: by keyboard, without JavaScript, with a
// network that goes away, in two tabs.

import assert from 'node:assert/strict';

import { openContext, openPage, problems, signIn, visit } from './lib/browser.mjs';
import { cookiesOf, placesOf, press, printBadges, school, withPage } from './lib/school.mjs';
import { test } from './lib/tap.mjs';

const status = (page, pattern) => page.waitForFunction(
  (source) => [...document.querySelectorAll('[role=status] span')].some((line) => new RegExp(source).test(line.textContent)),
  pattern, { timeout: 10_000 });
const focused = (page) => page.evaluate(() => document.activeElement.className || document.activeElement.tagName);

// How often a text stands on the time line of a pupil, as the server tells it afresh.
async function onTimeLine(who, pupil, text) {
  const { url } = await school();
  const cookie = (await cookiesOf(who)).map(({ name, value }) => `${name}=${value}`).join('; ');
  const html = await (await fetch(url + pupil, { headers: { cookie } })).text();
  const line = html.slice(html.indexOf('id="tijdlijn"'));
  return line.split(text).length - 1;
}

// The nth pupil of the group page: the item on the map, and the address of the dossier.
async function pupilAt(page, n) {
  await visit(page, '/');
  const item = page.locator('.classmap > li').nth(n);
  return { item, pupil: await item.locator('a.pupil').getAttribute('href') };
}

// Opens the observation with this text from the time line.
async function openObservation(page, pupil, text) {
  await visit(page, pupil);
  await press(page, page.locator('.timeline .ev').filter({ hasText: text }).locator('h3 a'));
}

test('by keyboard only: sign in, note a strength, see it on the time line', async () => {
  const { url, people } = await school();
  const context = await openContext(url);
  const page = await openPage(context);
  await visit(page, '/');
  for (let tabs = 0; await page.evaluate(() => document.activeElement.id) !== 'f-email'; tabs += 1) {
    assert.ok(tabs < 10, 'the e-mail address is not reached by Tab');
    await page.keyboard.press('Tab');
  }
  await page.keyboard.type(people.marit.name);
  await page.keyboard.press('Tab');
  await page.keyboard.type(people.marit.password);
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.keyboard.press('Enter')]);
  for (let tabs = 0; !(await focused(page)).startsWith('pupil'); tabs += 1) {
    assert.ok(tabs < 15, 'the class map is not reached by Tab');
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  const pupil = await page.evaluate(() => document.activeElement.getAttribute('href'));
  const columns = await page.$$eval('.classmap > li', (items) =>
    items.filter((item) => Math.abs(item.getBoundingClientRect().top - items[0].getBoundingClientRect().top) < 2).length);
  const wanted = page.locator('.classmap > li').nth(columns + 1).locator('a.pupil');
  assert.equal(pupil, await wanted.getAttribute('href'));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.tagName === 'TEXTAREA');
  await page.keyboard.type('Ik zie dat je doorzet met het toetsenbord.');
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.keyboard.press('Control+Enter')]);
  assert.equal(await onTimeLine('marit', pupil, 'Ik zie dat je doorzet met het toetsenbord.'), 1);
  assert.deepEqual(await problems(page), []);
  await context.close();
});

for (const js of [true, false])
  test(`note, edit, earlier text, take off, undo${js ? '' : ', without JavaScript'}`, () => withPage('marit', { js },
    async (page) => {
      const first = `Ik zie dat je luistert ${js}.`;
      const second = `Ik zie dat je luistert en vraagt ${js}.`;
      const { item, pupil } = await pupilAt(page, 3);
      await item.locator('summary').click();
      await item.locator('label', { hasText: 'Gaat goed' }).click();
      await item.locator('textarea').fill(first);
      await press(page, item.locator('button', { hasText: 'Bewaar' }));
      await openObservation(page, pupil, first);
      await page.fill('#f-body', second);
      await press(page, page.locator('form button', { hasText: 'Bewaar' }));
      await openObservation(page, pupil, second);
      const earlier = page.locator('section', { has: page.locator('h2', { hasText: 'Eerdere teksten' }) });
      assert.ok(await earlier.getByText(first, { exact: true }).isVisible());
      assert.equal(await earlier.getByText(second, { exact: true }).count(), 0);
      await press(page, page.locator('button', { hasText: 'Haal van de tijdlijn' }));
      assert.equal(await onTimeLine('marit', pupil, second), 0);
      await press(page, page.locator('button', { hasText: 'Ongedaan maken' }));
      assert.equal(await onTimeLine('marit', pupil, second), 1);
      assert.deepEqual(await problems(page), []);
    }));

test('a quick note keeps itself, and pressing Keep makes no second one', () => withPage('marit', {}, async (page) => {
  const { item, pupil } = await pupilAt(page, 8);
  await item.locator('summary').click();
  await item.locator('label', { hasText: 'Zorg' }).click(); // not sent before there is a text
  await item.locator('textarea').pressSequentially('Ik zie dat je stil bent');
  await status(page, '^Bewaard om');
  assert.equal(await onTimeLine('marit', pupil, 'Ik zie dat je stil bent'), 1);
  await item.locator('textarea').pressSequentially(' in de kring.');
  await press(page, item.locator('button', { hasText: 'Bewaar' }));
  assert.equal(await onTimeLine('marit', pupil, 'Ik zie dat je stil bent'), 1);
  assert.equal(await onTimeLine('marit', pupil, 'Ik zie dat je stil bent in de kring.'), 1);
  assert.deepEqual(await problems(page), []);
}));

test('without network the text stays and is told; it is kept after reconnecting', () => withPage('marit', {},
  async (page, context) => {
    const text = 'Ik zie dat je wacht op het netwerk.';
    const { item, pupil } = await pupilAt(page, 9);
    await item.locator('summary').click();
    await context.setOffline(true);
    await item.locator('textarea').fill(text);
    await status(page, '^Niet bewaard');
    await item.locator('button', { hasText: 'Bewaar' }).click(); // no page without network: it stays here
    await page.waitForTimeout(300);
    assert.equal(await item.locator('textarea').inputValue(), text);
    assert.equal(await onTimeLine('marit', pupil, text), 0);
    await context.setOffline(false);
    await status(page, '^Bewaard om');
    assert.equal(await onTimeLine('marit', pupil, text), 1);
  }));

for (const js of [true, false])
  test(`two tabs: both texts stay${js ? '' : ', without JavaScript'}`, () => withPage('marit', { js },
    async (page, context) => {
      const [start, one, other] = ['begin', 'van de ene tab', 'van de andere tab'].map((text) => `Ik zie ${text} ${js}.`);
      const { item, pupil } = await pupilAt(page, 11);
      await item.locator('summary').click();
      await item.locator('textarea').fill(start);
      await press(page, item.locator('button', { hasText: 'Bewaar' }));
      await openObservation(page, pupil, start);
      const tab = await openPage(context);
      await visit(tab, new URL(page.url()).pathname);
      await page.fill('#f-body', one);
      await press(page, page.locator('form button', { hasText: 'Bewaar' }));
      await tab.fill('#f-body', other);
      if (js) {
        await tab.locator('[data-conflict]:visible').waitFor();
        assert.match(await tab.textContent('[data-conflict]'), new RegExp(one));
      } else {
        const response = await press(tab, tab.locator('form button', { hasText: 'Bewaar' }));
        assert.equal(response.status(), 409);
        assert.equal(await tab.textContent('blockquote'), one);
      }
      assert.equal(await tab.inputValue('#f-body'), other);
      await press(tab, tab.locator('form button', { hasText: 'Bewaar' }));
      assert.equal(await onTimeLine('marit', pupil, other), 1);
      await openObservation(page, pupil, other);
      for (const text of [start, one]) assert.ok(await page.locator('.timeline').getByText(text, { exact: true }).isVisible());
    }));

test('the back button after keeping: no second copy, no error, a fresh form', () => withPage('marit', {}, async (page) => {
  const { item, pupil } = await pupilAt(page, 13);
  await item.locator('summary').click();
  await item.locator('textarea').fill('Ik zie de eerste keer.');
  await press(page, item.locator('button', { hasText: 'Bewaar' }));
  await page.goBack({ waitUntil: 'load' });
  const again = page.locator('.classmap > li').nth(13);
  if (!await again.locator('textarea').isVisible()) await again.locator('summary').click();
  await again.locator('textarea').fill('Ik zie de tweede keer.');
  const response = await press(page, again.locator('button', { hasText: 'Bewaar' }));
  assert.ok(response.status() < 400);
  assert.equal(await onTimeLine('marit', pupil, 'Ik zie de tweede keer.'), 1);
  assert.deepEqual(await problems(page), []);
}));

test('who may not see it, sees that it does not exist', async () => {
  const { group, pupil } = await placesOf('marit');
  for (const [who, path] of [['kwame', pupil], ['joost', group], ['ilse', pupil], ['rachid', pupil], ['rachid', group]])
    await withPage(who, {}, async (page) => {
      await visit(page, path, { status: 404 });
      assert.equal(await page.textContent('h1'), 'Deze pagina bestaat niet');
    });
  await withPage(null, {}, async (page) => {
    await visit(page, pupil);
    assert.equal(new URL(page.url()).pathname, '/aanmelden');
  });
});

test('signing out ends it, also for who presses "back"', async () => {
  const { url, people } = await school();
  const context = await openContext(url);
  const page = await openPage(context);
  await signIn(page, people.sanne);
  await press(page, '.topbar__out button');
  assert.ok(await page.isVisible('#f-password'));
  await page.goBack({ waitUntil: 'load' });
  await page.reload();
  assert.equal(await page.locator('.classmap').count(), 0);
  assert.ok(await page.isVisible('#f-password'));
  await context.close();
});

// The pages of a printed page: their count, and whether each is A4.
async function paper(page) {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  return { count: (pdf.match(/\/Type \/Page\b(?!s)/g) ?? []).length, boxes: pdf.match(/\/MediaBox \[[^\]]*\]/g) ?? [] };
}
const A4 = /^\/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]$/;

test('paper: a dossier flows over A4, and 24 badges fill three sheets', () => withPage('marit', {}, async (page) => {
  const { group, pupil } = await placesOf('marit');
  await visit(page, `${pupil}/print`);
  const one = await paper(page);
  assert.equal(one.count, 1);
  // As much again, many times: nothing may be cut off.
  await page.evaluate(() => {
    const part = document.querySelector('.sheet__part');
    for (let i = 0; i < 60; i += 1) part.append(part.querySelector('.sheet__item').cloneNode(true));
  });
  const many = await paper(page);
  assert.ok(many.count > 1, 'a long dossier is cut off');
  const badges = await printBadges(page, group);
  const sheets = await paper(page);
  assert.equal(sheets.count, Math.ceil((badges.length - 8) / 10) + 1);
  for (const box of [...one.boxes, ...many.boxes, ...sheets.boxes]) assert.match(box, A4);
}));

test('a coordinator rewords a question, sees it while typing, and puts the kind of conversation into use', () => withPage(
  'farida', {}, async (page) => {
    await visit(page, '/gespreksvormen/vorm?naam=k12');
    await press(page, 'form[action$="/kopie"] button');
    const draft = page.url();
    await press(page, page.locator('main a[href*="/vraag?"]').first());
    await page.fill('#f-ask_nl', 'Hoe waren deze weken?');
    await page.locator('#voorbeeld .asked', { hasText: 'Hoe waren deze weken?' }).waitFor();
    await press(page, 'form.form .btn--primary');
    assert.ok(page.url().startsWith(draft));
    await press(page, 'form[action$="/klaar"] button');
    await visit(page, '/gespreksvormen');
    await press(page, page.locator('main li:has(.pill--together) a').first());
    assert.match(await page.textContent('main'), /Hoe waren deze weken\?/);
  }));

test('without JavaScript a question is shown beforehand by a button', () => withPage('farida', { js: false },
  async (page) => {
    await visit(page, '/gespreksvormen/vorm?naam=k12');
    await press(page, 'form[action$="/kopie"] button');
    await press(page, page.locator('main a[href*="/vraag?"]').first());
    await page.fill('#f-ask_nl', 'Hoe was het?');
    await press(page, '[data-preview-button]');
    assert.match(await page.textContent('#voorbeeld'), /Hoe was het\?/);
    assert.equal(await page.inputValue('#f-ask_nl'), 'Hoe was het?');
  }));
