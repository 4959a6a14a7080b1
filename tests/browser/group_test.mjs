// A conversation with a group: planned with two pupils, each answers on a device of their own, it is closed and read.

import assert from 'node:assert/strict';

import { problems, visit } from './lib/browser.mjs';
import { checkShown, DIAGONAL } from './lib/checks.mjs';
import { pageOf, press, printBadges, school, withPage } from './lib/school.mjs';
import { test } from './lib/tap.mjs';

const TEACHER = 'marit';
const said = ['Hoofdrekenen met komma’s vind ik lastig.', 'Ik durf niet goed voor te lezen.'];
let talk; // the address of the conversation, for the tests after the first
let pupils; // the last two of the group: [{ id, name }]
let group;

const look = async (page, path, name) => checkShown(page, await visit(page, path), name, { pairs: DIAGONAL });

test('a group conversation is planned from the page of the group, with two of its pupils', () =>
  withPage(TEACHER, {}, async (page) => {
    await visit(page, '/');
    group = (await page.locator('a[href$="/gesprekken"]').first().getAttribute('href')).replace('/gesprekken', '');
    await visit(page, `${group}/gesprekken`);
    await press(page, `a[href="${group}/gesprek"]`);
    await look(page, `${group}/gesprek`, 'group plan');
    await page.selectOption('#f-method', 'k18');
    const boxes = page.locator('input[name=pupil]');
    const count = await boxes.count();
    assert.ok(count > 10, 'the whole group is offered');
    pupils = [];
    for (let i = 0; i < count; i++) {
      assert.equal(await boxes.nth(i).isChecked(), true, 'everybody is chosen at first');
      if (i < count - 2) await boxes.nth(i).uncheck();
      else pupils.push({ id: await boxes.nth(i).getAttribute('value'),
        name: (await page.locator('.turn__n').nth(i).textContent()).trim() });
    }
    await press(page, 'main form[action*="/gesprek/"] button[type=submit]');
    talk = new URL(page.url()).pathname;
    assert.match(talk, /^\/gesprek\/[0-9a-z]{13}$/);
    const text = await page.textContent('main');
    for (const pupil of pupils) assert.ok(text.includes(pupil.name), `${pupil.name} is on the list`);
    await visit(page, `${group}/gesprekken`);
    assert.equal(await page.locator(`a[href="${talk}"]`).count(), 1);
    await look(page, `${group}/gesprekken`, 'group conversations');
  }));

test('who takes part is added and taken off', () => withPage(TEACHER, {}, async (page) => {
  await visit(page, talk);
  await press(page, `a[href="${talk}/deelnemers"]`);
  const list = page.locator('section[aria-labelledby=h-list]');
  await page.fill('#f-name', 'Ria Bos, wijkteam');
  await press(page, 'form:has(input[name=kind][value=external]) button');
  assert.match(await list.textContent(), /Ria Bos, wijkteam/);
  const colleague = await page.locator('#f-staff option').nth(1).getAttribute('value');
  await page.selectOption('#f-staff', colleague);
  await press(page, 'form:has(input[name=kind][value=staff]) button');
  await look(page, `${talk}/deelnemers`, 'group people');
  for (const off of ['Ria Bos', 'collega'])
    await press(page, list.locator('li', { hasText: off }).locator('button'));
  assert.doesNotMatch(await list.textContent(), /Ria Bos|collega/);
}));

test('two pupils answer on their own devices, and neither reads the other', async () => {
  const { context, page } = await pageOf(TEACHER);
  const { url } = await school();
  const badges = await printBadges(page, group);
  await visit(page, talk);
  await press(page, 'form[action$="/begin"] button');
  for (const [at, pupil] of pupils.entries()) {
    const badge = badges.find((card) => card.name.startsWith(pupil.name.split(' ')[0]));
    await withPage(null, { width: 768, height: 1024, touch: true }, async (child) => {
      await child.goto(`${url}/pas#${badge.code}`);
      await child.waitForURL('**/ik');
      await visit(child, `/ik${talk}?vraag=hard`);
      assert.equal(await child.locator('main textarea').count(), 1, 'one field: the own one');
      await child.locator('main textarea').fill(said[at]);
      await press(child, '.kbtn--go.kbtn--round');
      const response = await visit(child, `/ik${talk}?vraag=hard`);
      assert.equal(await child.locator('main textarea').inputValue(), said[at]);
      assert.ok(!(await child.content()).includes(said[1 - at]), 'nothing of the other');
      await checkShown(child, response, `group child ${at}`, { pairs: [['light', 768]] });
      assert.deepEqual(await problems(child), []);
    });
  }
  await context.close();
});

test('the shared screen says that they told, not what; the form of each has it', () => withPage(TEACHER, {}, async (page) => {
  await visit(page, `${talk}/samen?vraag=hard`);
  const turns = page.locator('.turnfold');
  assert.equal(await turns.count(), 2);
  const screen = await page.content();
  for (const text of said) assert.ok(!screen.includes(text), 'what a child wrote alone is not on the screen of all');
  await turns.first().locator('summary').click();
  await look(page, `${talk}/samen?vraag=hard`, 'group together');
  await visit(page, `${talk}/samen?vraag=like-to-learn`);
  await turns.nth(1).locator('summary').click();
  const form = turns.nth(1).locator('form');
  await form.locator('textarea').fill('Tekenen, want dan vergeet ik de tijd.');
  await form.locator('textarea').blur();
  await form.locator('.saved[data-state=saved]').waitFor();
  await look(page, `${talk}/invullen`, 'group form together');
  const together = page.locator('#p-hard-5 form');
  await together.locator('textarea').fill('Iets nieuws beginnen is voor ons allemaal spannend.');
  await together.locator('textarea').blur();
  await together.locator('.saved[data-state=saved]').waitFor();
  await press(page, page.locator('.whose a').nth(2));
  assert.ok((await page.textContent('main')).includes(said[1]));
  assert.ok(!(await page.textContent('main')).includes(said[0]));
  await look(page, new URL(page.url()).pathname + new URL(page.url()).search, 'group form of one');
  await look(page, `${talk}/sluiten`, 'group close');
}));

test('it is closed with who was there, also without JavaScript', () => withPage(TEACHER, { js: false }, async (page) => {
  await visit(page, `${talk}/sluiten`);
  assert.ok((await page.textContent('section[aria-labelledby=h-came]')).includes(pupils[0].name.split(' ')[0]));
  await press(page, 'form[action$="/sluiten"] button');
  const text = await page.textContent('main');
  for (const words of [...said, 'Iets nieuws beginnen', 'Tekenen, want'])
    assert.ok(text.includes(words), words);
}));

test('it is read: whole, on paper, and of each in the own dossier', () => withPage(TEACHER, {}, async (page) => {
  await look(page, talk, 'group read');
  const pdf = await page.request.get(new URL(`${talk}/formulier.pdf`, page.url()).href);
  assert.equal(pdf.headers()['content-type'], 'application/pdf');
  const dossier = `/leerling/${pupils[0].id}`;
  await visit(page, dossier);
  const part = `${dossier}/groepsgesprek/${talk.split('/').pop()}`;
  assert.equal(await page.locator(`a[href="${part}"]`).count(), 1, 'it stands on the time line');
  await look(page, part, 'group part of one');
  const own = await page.textContent('main');
  assert.ok(own.includes(said[0]) && !own.includes(said[1]) && !own.includes('Iets nieuws'));
  await visit(page, '/');
  assert.match(await page.locator(`li:has(a[href="${dossier}"])`).getAttribute('data-state'), /heard/);
}));
