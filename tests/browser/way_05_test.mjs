// The whole way with a child of five who does not read: in by three pictures on the device of the group, prepares by
// drawing, taps faces while the teacher writes down what is told, and chooses with the teacher what home may know.

import assert from 'node:assert/strict';

import { problems, visit } from './lib/browser.mjs';
import { firstPictureCode, press } from './lib/school.mjs';
import { test } from './lib/tap.mjs';
import {
  FOUR_WEEKS_ON, LOOK_BACK, PHONE, TABLET, WALK, fillThing, go, groupOf, kept, linkFor, part, passes, planAndInvite,
  prepare, propagation, pupilOf, said, share, showTo, walk,
} from './lib/way.mjs';

// A kite, or what one sees in it.
async function draw(form, page) {
  // A finger on the sheet draws and does not scroll: every tool stands above the arrows.
  const arrows = await page.locator('.kidask__nav').boundingBox();
  for (const tool of await form.locator('.kleur, .dikte, [data-undo]').all()) {
    const { y, height } = await tool.boundingBox();
    assert.ok(y + height <= arrows.y + 12, `${await tool.getAttribute('aria-label')} lies under the arrows`);
  }
  const box = await form.locator('[data-sheet]').boundingBox();
  await page.mouse.move(box.x + 60, box.y + 60);
  await page.mouse.down();
  for (const [x, y] of [[140, 40], [180, 120], [90, 160], [60, 60]])
    await page.mouse.move(box.x + x, box.y + y, { steps: 4 });
  await page.mouse.up();
  await kept(form);
}

// What there is to read can be heard, on a device with a voice.
async function hears(page) {
  const words = await page.locator('[data-say]').first().getAttribute('data-say');
  assert.ok(words.trim().length > 5, `${new URL(page.url()).pathname} says nothing`);
}

test('the whole way, 5 years', () => walk(async ({ staff, visitor, later }) => {
  const teacher = await staff('sanne');
  const group = await groupOf(teacher);
  const { pupil: id, pictures } = await firstPictureCode(teacher, group);
  const pupil = `/leerling/${id}`;
  const talk = await planAndInvite(teacher, pupil, {
    method: 'k13', day: '2026-11-24', time: '09:15', place: 'de bouwhoek', aim: 'hoe het gaat in de groep' });

  // The teacher opens the tablet for the group; the child finds the own name, and taps three pictures.
  const child = await staff('sanne', TABLET);
  await visit(child, `${group}/pasjes`);
  await press(child, 'form[action$="/klas"] button');
  await passes(child, 'way 05 class');
  await hears(child);
  await go(child, `a[href$="/${id}"]`);
  await hears(child);
  for (const picture of pictures) await go(child, `button[value="${picture}"]`);
  assert.equal(new URL(child.url()).pathname, '/ik');
  const call = (await child.textContent('h1')).replace('Hoi ', '').trim();
  await passes(child, 'way 05 own place');
  await hears(child);

  await go(child, `a[href="/ik${talk}"]`);
  await prepare(child, { 'prep-drawing': draw });
  await passes(child, 'way 05 prepared');
  await hears(child);
  await go(child, 'button[name=may_read][value=yes]');
  await visit(teacher, talk);
  assert.match(await said(teacher), new RegExp(`${call}[^]*voorbereid`));
  await passes(teacher, 'way 05 prepared teacher');

  // Together: the teacher types what is told, the child taps.
  await go(teacher, `form[action="${talk}/begin"] button`);
  await visit(child, `/ik${talk}`);
  await showTo(teacher, talk, 'first-weeks');
  await child.locator('main input[name=q][value=first-weeks]').first().waitFor({ state: 'attached' });
  await passes(child, 'way 05 faces');
  const [words] = await child.locator('.facepick').allInnerTexts();
  await child.locator('.facepick').first().tap();
  await teacher.waitForFunction(([text]) => document.querySelector('#p-first-weeks-1')?.textContent.includes(text)
    && !document.querySelector('#p-first-weeks-1 input[type=radio]'), [words.trim()]);
  await showTo(teacher, talk, 'wish');
  await part(child, 'wish', 1).locator('textarea').waitFor();
  const took = await propagation(teacher, child, 'wish', 1, ['De bel.', 'De bel luiden.', 'Dat ik de bel mag luiden.']);
  assert.ok(took < 1000, `the child sees it after ${took} ms`);
  await showTo(teacher, talk, 'summary-weeks');
  await part(teacher, 'summary-weeks', 5).locator('textarea').first().fill('Je vindt het fijn in de groep.');
  await part(teacher, 'summary-weeks', 5).locator('textarea').first().blur();
  await child.waitForFunction(() => document.querySelector('#p-summary-weeks-5 textarea')?.value.startsWith('Je vindt'));
  await part(child, 'summary-weeks', 5).locator('label', { hasText: 'Dat bedoel ik' }).tap();
  await teacher.waitForFunction(() => document.querySelector('#p-summary-weeks-5 input[value=yes]')?.checked
    || document.querySelector('#p-summary-weeks-5 .said__mark'));
  await showTo(teacher, talk, 'agreed');
  await fillThing(teacher, teacher.locator('#o-agreed'), { what: 'Ik luid vrijdag de bel.', who: call, look_on: LOOK_BACK });
  await fillThing(teacher, teacher.locator('#o-agreed'), { what: 'Ik help je met de bel.', who: 'Sanne', look_on: LOOK_BACK });
  await child.locator('#o-agreed', { hasText: 'help je met de bel' }).waitFor();
  await passes(child, 'way 05 agreed child');

  // A goal and a plan beside it, from the dossier.
  await visit(teacher, `${pupil}/doelen`);
  await fillThing(teacher, teacher.locator('main section').first(), {
    soon: 'Ik durf voor de groep iets te zeggen.', look_on: LOOK_BACK });
  await passes(teacher, 'way 05 goals');
  await visit(teacher, `${pupil}/plan`);
  await fillThing(teacher, teacher.locator('main'), { soon: 'Iets zeggen in de kring.', doing: 'Eerst aan Jip vertellen.',
    look_on: LOOK_BACK });

  // Who may know: beside each other, at the teacher's screen.
  const reader = (await teacher.goto(`${teacher.weerklank.origin}${talk}/delen`)
    && await teacher.locator('.share__t thead th:has(.share__who--home)').first().innerText()).split('\n')[0].trim();
  await share(teacher, `${talk}/delen`, reader, { 'Ik luid vrijdag de bel': 'yes', 'Teken': 'yes' });
  await teacher.locator('input[name=together]').check();
  await go(teacher, '.share__nav button');
  await passes(teacher, 'way 05 shared');

  // Alone with the tablet: how was it?
  await visit(teacher, `${talk}/sluiten`);
  await visit(child, `/ik${talk}?vraag=listened`);
  await passes(child, 'way 05 listened');
  await child.locator('.facepick').nth(1).tap();
  await kept(child.locator('#form-listened-1'));
  await go(child, child.locator('main .kbtn--go').last());
  assert.equal(await child.textContent('h1'), `Dank je wel, ${call}`);
  await hears(child);
  await passes(child, 'way 05 thanks');
  await visit(teacher, `${talk}/sluiten`);
  await go(teacher, 'form[action$="/sluiten"] button');
  await visit(child, '/ik');
  await go(child, '[action="/klaar"] button'); // and the tablet is for the next one
  assert.equal(new URL(child.url()).pathname, '/klas');

  const { link } = await linkFor(teacher, talk, reader);
  const home = await visitor(PHONE);
  await home.goto(link);
  await home.waitForURL('**/thuis');
  await passes(home, 'way 05 home');
  const shown = await home.textContent('body');
  assert.ok(shown.includes('Ik luid vrijdag de bel.'));
  for (const text of ['Ik help je met de bel', 'Je vindt het fijn', 'Dat ik de bel mag luiden', 'voor de groep iets'])
    assert.ok(!shown.includes(text), `shown at home: ${text}`);
  for (const page of [teacher, child, home]) assert.deepEqual(await problems(page), []);

  await later(FOUR_WEEKS_ON);
  const again = await staff('sanne');
  await visit(again, '/');
  const due = again.locator('section:has(> .card__head #h-due)');
  const fold = due.locator('details');
  if (await fold.count()) await fold.locator('summary').click();
  const mine = (await due.locator('li', { hasText: call }).allInnerTexts()).join('\n');
  for (const text of ['Ik luid vrijdag de bel', 'voor de groep iets', 'Iets zeggen in de kring'])
    assert.ok(mine.includes(text), `not asked for: ${text}\n${mine}`);
  await go(again, due.locator(`a[href="${talk}"]`));
  await go(again, `form[action="${talk}/teruggekeken"] button`);
  assert.match(await said(again), /teruggekeken/);
}), WALK);
