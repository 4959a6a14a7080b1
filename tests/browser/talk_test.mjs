// A conversation: the youngest prepare by tapping only, nothing that was typed is lost, and two who write at
// the same time both see that there are two texts.

import assert from 'node:assert/strict';

import { problems, visit } from './lib/browser.mjs';
import { checkShown, DIAGONAL } from './lib/checks.mjs';
import { firstPictureCode, pageOf, press, printBadges, school, withPage } from './lib/school.mjs';
import { kept, part, plan, type } from './lib/talk.mjs';
import { test } from './lib/tap.mjs';

// Group 1/2 is read by no other test.
const TEACHER = 'sanne';

async function groupOf(page) {
  await visit(page, '/');
  const href = await page.locator('a[href^="/groep/"]').first().getAttribute('href');
  return href.split('/').slice(0, 3).join('/');
}

test('the youngest prepares by tapping only, stops halfway and goes on elsewhere', async () => {
  const { context, page } = await pageOf(TEACHER);
  const group = await groupOf(page);
  const { pupil } = await firstPictureCode(page, group);
  const badges = await printBadges(page, group);
  await visit(page, '/');
  const hrefs = await page.locator('.classmap a.pupil').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const talk = await plan(page, hrefs.findIndex((href) => href.includes(pupil)), 'k13');
  if (await page.locator('form[action$="/uitnodigen"] button').count())
    await press(page, 'form[action$="/uitnodigen"] button');
  const begin = page.locator('form[action$="/begin"] button');
  await press(page, begin);
  const name = await page.locator('.talkbar h1').textContent();
  const badge = badges.find((card) => name.startsWith(card.name));
  const { url } = await school();
  const enter = async (child) => {
    await child.goto(`${url}/pas#${badge.code}`);
    await child.waitForURL('**/ik');
    await visit(child, `/ik${talk}`);
  };
  const tapOn = (child) => Promise.all([
    child.waitForNavigation({ waitUntil: 'load' }), child.locator('.kbtn--go.kbtn--round').tap()]);

  const faces = [];
  await withPage(null, { width: 768, height: 1024, touch: true }, async (child) => {
    await enter(child);
    for (let i = 0; i < 12 && faces.length < 2; i++) {
      const options = child.locator('.ans input[type=radio]');
      if (await options.count()) {
        await child.locator('.ans label:has(input[type=radio])').nth(1).tap();
        faces.push(new URL(child.url()).search);
        await child.locator('.saved[data-state=saved]').first().waitFor({ state: 'attached' });
      }
      await tapOn(child);
    }
    assert.equal(faces.length, 2, 'two questions with faces');
    assert.deepEqual(await problems(child), []);
  });
  // Another browser, without script: every answer is there.
  await withPage(null, { js: false, width: 768, height: 1024 }, async (child) => {
    await visit(child, '/pas');
    await child.fill('#f-code', badge.code);
    await press(child, '[data-fragment] button');
    for (const where of faces) {
      await visit(child, `/ik${talk}${where}`);
      assert.equal(await child.locator('.ans input[type=radio]').nth(1).isChecked(), true);
    }
  });
  await context.close();
});

test('the whole form keeps itself, also through a lost network, and tells it', async () => {
  const { context, page } = await pageOf(TEACHER);
  const talk = await plan(page, 2, 'k13');
  await press(page, 'form[action$="/begin"] button');
  await visit(page, `${talk}/invullen`);
  const form = await type(page, 'topic', 1, 'Over de nieuwe vissen in de klas.');
  await kept(form);
  assert.match(await form.locator('.saved').textContent(), /Bewaard om \d{1,2}\.\d{2}/);

  await context.setOffline(true);
  await form.locator('textarea').fill('Over de nieuwe vissen, en wie ze voert.');
  await form.locator('.saved[data-state=failed]').waitFor();
  assert.match(await form.locator('.saved').textContent(), /Niet bewaard\. We proberen het opnieuw\./);
  assert.equal(await form.locator('textarea').inputValue(), 'Over de nieuwe vissen, en wie ze voert.');
  let asked = 0;
  page.once('dialog', (dialog) => { asked++; dialog.dismiss(); });
  await page.evaluate(() => { location.href = '/'; }).catch(() => {});
  await page.waitForTimeout(500);
  assert.equal(asked, 1, 'leaving asks');
  await context.setOffline(false);
  await form.locator('.saved[data-state=saved]').waitFor({ timeout: 15_000 });
  await visit(page, `${talk}/invullen`);
  assert.equal(await part(page, 'topic', 1).locator('textarea').inputValue(), 'Over de nieuwe vissen, en wie ze voert.');
  await context.close();
});

test('two write at the same time: both texts are kept, and both are told', async () => {
  const one = await pageOf(TEACHER);
  const talk = await plan(one.page, 3, 'k13');
  await press(one.page, 'form[action$="/begin"] button');
  const other = await pageOf('farida');
  await visit(one.page, `${talk}/invullen`);
  await visit(other.page, `${talk}/invullen`);
  // Both have the page before either wrote; the second does not hear of the first in time.
  await other.page.evaluate(() => { globalThis.EventSource = null; });
  await part(other.page, 'wish', 1).locator('textarea').fill('Meer buiten spelen.');
  const mine = await type(one.page, 'wish', 1, 'Een grotere zandbak.');
  await kept(mine);
  await part(other.page, 'wish', 1).locator('textarea').blur();
  const notice = part(other.page, 'wish', 1).locator('[data-conflict]');
  await notice.waitFor();
  assert.match(await notice.textContent(), /Een grotere zandbak/);
  assert.equal(await part(other.page, 'wish', 1).locator('textarea').inputValue(), 'Meer buiten spelen.');
  // The first is told by the stream.
  await one.page.locator('#p-wish-1', { hasText: 'Meer buiten spelen.' }).waitFor();
  assert.equal(await part(one.page, 'wish', 1).locator('textarea').inputValue(), 'Een grotere zandbak.');
  const past = await part(other.page, 'wish', 1).locator('[data-past] a').getAttribute('href');
  const response = await visit(one.page, past);
  assert.match(await one.page.textContent('main'), /Een grotere zandbak[^]*Meer buiten spelen|Meer buiten spelen[^]*Een grotere zandbak/);
  await checkShown(one.page, response, 'talk history', { pairs: DIAGONAL });
  await one.context.close();
  await other.context.close();
});

test('what was said lies beside what was said before', () => withPage(TEACHER, {}, async (page) => {
  let talk;
  for (const words of ['Ik durfde niets te vragen.', 'Ik vroeg het aan de docent.']) {
    talk = await plan(page, 8, 'k11');
    await press(page, 'form[action$="/begin"] button');
    await visit(page, `${talk}/invullen`);
    const form = part(page, 'own-card', 1);
    await form.locator('input[type=text], textarea').first().fill(words);
    await press(page, form.getByRole('button', { name: 'Bewaar', exact: true }));
    await visit(page, `${talk}/sluiten`);
    await press(page, 'form[action$="/sluiten"] button');
  }
  const link = page.locator('a[href$="/vergelijk"]');
  const response = await visit(page, await link.getAttribute('href'));
  const said = await page.textContent('main');
  assert.ok(said.includes('Ik durfde niets te vragen.') && said.includes('Ik vroeg het aan de docent.'));
  await checkShown(page, response, 'talk compare', { pairs: DIAGONAL });
}));

test('without JavaScript the same is kept with the button', () => withPage(TEACHER, { js: false }, async (page) => {
  const talk = await plan(page, 4, 'k13');
  await press(page, 'form[action$="/begin"] button');
  await visit(page, `${talk}/invullen`);
  const form = part(page, 'topic', 1);
  await form.locator('textarea').fill('Zonder script gezegd.');
  await press(page, form.getByRole('button', { name: 'Bewaar', exact: true }));
  assert.equal(new URL(page.url()).pathname, `${talk}/invullen`);
  assert.equal(await part(page, 'topic', 1).locator('textarea').inputValue(), 'Zonder script gezegd.');
}));

test('a question that an answer brings along comes into the form, and nothing typed is lost', () => withPage(TEACHER, {},
  async (page) => {
    const talk = await plan(page, 9, 'k11');
    await press(page, 'form[action$="/begin"] button');
    await visit(page, `${talk}/invullen`);
    assert.equal(await page.locator('#q-talk-help').count(), 0);
    const own = await page.locator('[data-live-item] textarea').first().getAttribute('id');
    await page.locator(`#${own}`).fill('half getypt');
    await page.locator('#q-cards [data-card=help] .cards__take').click();
    await page.locator('#q-talk-help').waitFor({ timeout: 10_000 });
    assert.equal(await page.locator(`#${own}`).inputValue(), 'half getypt');
  }));

test('every page of a conversation is valid and accessible', () => withPage(TEACHER, {}, async (page) => {
  const talk = await plan(page, 6, 'k13');
  const look = async (path, name) => checkShown(page, await visit(page, path), name, { pairs: DIAGONAL });
  await look(talk, 'talk planned');
  await press(page, 'form[action$="/begin"] button');
  await look(`${talk}/samen`, 'talk together');
  await look(`${talk}/samen?vraag=first-weeks`, 'talk together faces');
  await look(`${talk}/invullen`, 'talk form');
  await visit(page, `${talk}/invullen`);
  await kept(await type(page, 'topic', 1, 'Over de vissen.'));
  await look(`${talk}/geschiedenis?vraag=topic&stem=1`, 'talk history of one');
  await look(`${talk}/sluiten`, 'talk closing');
  await press(page, 'form[action$="/sluiten"] button');
  await look(talk, 'talk closed');
}));
