// The pictures of the guided tour in the README, from signing in to looking back: docs/screenshots/make. Not a test;
// the names do not end in _test. Played in a demo school whose clock stands still, so that they are the same tomorrow.

import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { visit } from './lib/browser.mjs';
import { press } from './lib/school.mjs';
import { test } from './lib/tap.mjs';
import {
  FOUR_WEEKS_ON, LOOK_BACK, PHONE, TABLET, WALK, badgeOf, fillThing, go, groupOf, kept, linkFor, part, planAndInvite,
  prepare, pupilOf, scan, share, showTo, walk,
} from './lib/way.mjs';

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const BYTES_MAX = 200_000;
const words = (text) => async (form) => form.locator('textarea, input[type=text]').first().fill(text);

// A PNG of what is on the screen now.
async function picture(page, name) {
  await page.evaluate(() => document.fonts.ready);
  await page.mouse.move(0, 0);
  const path = `${folder}${name}.png`;
  await page.screenshot({ path });
  const { size } = await stat(path);
  assert.ok(size < BYTES_MAX, `${name}.png weighs ${size} bytes`);
}

test('the guided tour', () => walk(async ({ staff, visitor, later }) => {
  const nobody = await visitor({ width: 1280, height: 800 });
  await visit(nobody, '/aanmelden');
  await picture(nobody, 'aanmelden');

  const teacher = await staff('marit');
  const group = await groupOf(teacher);
  await visit(teacher, '/');
  await picture(teacher, 'groep');
  const item = teacher.locator('.classmap > li').nth(6);
  await item.locator('summary').click();
  await item.locator('textarea').fill('Ik zie dat je vandaag zelf hulp vroeg toen je vastliep.');
  await item.locator('textarea').blur();
  await item.locator('.saved[data-state=saved]').waitFor();
  await picture(teacher, 'notitie');
  await visit(teacher, '/gespreksvormen');
  await picture(teacher, 'gespreksvormen');
  await visit(teacher, `${group}/gesprekken`);
  await picture(teacher, 'ronde');

  const roos = await pupilOf(teacher, 'Roos');
  const talk = await planAndInvite(teacher, roos, {
    method: 'p7', day: '2026-11-24', time: '10:40', place: 'de leeshoek', aim: 'wat jou helpt bij de weektaak' });
  const code = await badgeOf(teacher, group, 'Roos');
  await picture(teacher, 'pasjes');

  const child = await visitor(TABLET);
  await scan(child, code);
  await go(child, `a[href="/ik${talk}"]`);
  await prepare(child, {
    'prep-hard': async (form, page) => {
      await words('beginnen, kiezen')(form);
      await picture(page, 'voorbereiden');
    },
    'prep-good': words('samen met Elif') });
  await go(child, 'button[name=may_read][value=no]');

  await visit(teacher, talk);
  await go(teacher, `form[action="${talk}/begin"] button`);
  await visit(child, `/ik${talk}`);
  await showTo(teacher, talk, 'hard-what');
  await part(child, 'hard-what', 1).locator('textarea').waitFor();
  await part(child, 'hard-what', 1).locator('textarea').fill('Ik weet bij de weektaak vaak niet waar ik moet beginnen.');
  await part(child, 'hard-what', 1).locator('textarea').blur();
  await teacher.waitForFunction(() => document.querySelector('#p-hard-what-1')?.textContent.includes('weektaak'));
  await picture(teacher, 'samen');
  await picture(child, 'samen-tablet');
  await showTo(teacher, talk, 'goal');
  await fillThing(teacher, teacher.locator('#o-goal'), {
    soon: 'Ik begin binnen vijf minuten met mijn eerste taak.', now: 'Ik werk door als ik bezig ben.',
    notice: 'Op vrijdag zijn drie taken af.', look_on: LOOK_BACK });
  await showTo(teacher, talk, 'agreed');
  await fillThing(teacher, teacher.locator('#o-agreed'), {
    what: 'Ik zet elke ochtend een stip bij mijn eerste taak.', who: 'Roos', look_on: LOOK_BACK });
  await fillThing(teacher, teacher.locator('#o-agreed'), {
    what: 'Ik kom na vijf minuten even kijken.', who: 'Marit', look_on: LOOK_BACK });
  await picture(teacher, 'afspraken');

  await visit(child, `/ik${talk}/delen`);
  const reader = (await child.locator('.peek').first().getAttribute('aria-label')).trim();
  await share(child, `/ik${talk}/delen`, reader, {
    'Ik weet bij de weektaak': 'yes', 'Ik begin binnen vijf': 'yes', 'Ik zet elke ochtend': 'yes',
    'Wanneer gaat het juist': 'self' });
  await go(child, '.share__nav button');
  await visit(child, `/ik${talk}/delen`);
  await picture(child, 'delen');
  await visit(child, `/ik${talk}?vraag=listened`);
  await child.locator('.facepick').first().tap();
  await kept(child.locator('#form-listened-1'));
  await visit(teacher, `${talk}/sluiten`);
  await picture(teacher, 'afsluiten');
  await press(teacher, 'form[action$="/sluiten"] button');

  const { link } = await linkFor(teacher, talk, reader);
  const home = await visitor(PHONE);
  await home.goto(link);
  await home.waitForURL('**/thuis');
  await picture(home, 'thuis');
  await visit(child, '/ik/inzage');
  await picture(child, 'inzage');
  await visit(teacher, await pupilOf(teacher, 'Samira'));
  await picture(teacher, 'leerling');

  await later(FOUR_WEEKS_ON);
  const again = await staff('marit');
  await visit(again, '/');
  await picture(again, 'terugkijken');
}), WALK);
