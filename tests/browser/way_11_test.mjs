// The whole way with a pupil of eleven: planned, invited, prepared on a tablet, held on two devices, agreed, shared,
// closed, read at home, and four weeks later asked for by the start page.

import assert from 'node:assert/strict';

import { problems, visit } from './lib/browser.mjs';
import { press } from './lib/school.mjs';
import { test } from './lib/tap.mjs';
import {
  FOUR_WEEKS_ON, LOOK_BACK, PHONE, TABLET, WALK, badgeOf, dueOf, fillThing, go, groupOf, kept, linkFor, part, passes,
  planAndInvite, prepare, propagation, pupilOf, said, scan, share, showTo, typeCode, walk,
} from './lib/way.mjs';

const words = (text) => async (form) => form.locator('textarea, input[type=text]').first().fill(text);

test('the whole way, 11 years', () => walk(async ({ staff, visitor, later }) => {
  // The teacher plans it and invites.
  const teacher = await staff('marit');
  const pupil = await pupilOf(teacher, 'Pleun');
  const group = await groupOf(teacher);
  const talk = await planAndInvite(teacher, pupil, {
    method: 'p7', day: '2026-11-24', time: '10:40', place: 'de leeshoek', aim: 'wat jou helpt bij de weektaak' });
  await passes(teacher, 'way 11 invited');
  const code = await badgeOf(teacher, group, 'Pleun');

  // Pleun comes in with the badge, and prepares.
  const child = await visitor(TABLET);
  await scan(child, code);
  assert.match(await said(child), /Gesprek over wat jij nodig hebt/);
  await passes(child, 'way 11 own place');
  await go(child, `a[href="/ik${talk}"]`);
  await prepare(child, {
    'prep-hard': words('beginnen, kiezen'),
    'prep-good': words('samen met Roos'),
    'prep-goal': words('zelf beginnen'),
  });
  await passes(child, 'way 11 prepared');
  // The teacher reads it first in the conversation: not before.
  await go(child, 'button[name=may_read][value=no]');
  await visit(teacher, talk);
  assert.match(await said(teacher), /Pleun[^]*voorbereid/);
  assert.doesNotMatch(await said(teacher), /samen met Roos/);

  // Together, on two devices.
  await go(teacher, `form[action="${talk}/begin"] button`);
  await visit(child, `/ik${talk}`);
  await showTo(teacher, talk, 'hard-what');
  await part(child, 'hard-what', 1).locator('textarea').waitFor();
  await passes(teacher, 'way 11 together');
  await passes(child, 'way 11 together child');
  const fromTeacher = await propagation(teacher, child, 'hard-what', 1, [
    'Ik weet niet', 'Ik weet niet waar', 'Ik weet niet waar ik moet beginnen.']);
  assert.ok(fromTeacher < 1000, `the child sees it after ${fromTeacher} ms`);
  const fromChild = await propagation(child, teacher, 'hard-what', 1, [
    'Ik weet bij de weektaak niet', 'Ik weet bij de weektaak niet waar',
    'Ik weet bij de weektaak niet waar ik moet beginnen.']);
  assert.ok(fromChild < 1000, `the teacher sees it after ${fromChild} ms`);
  // From now on these are Pleun's own words: an adult reads them.
  assert.equal(await part(teacher, 'hard-what', 1).locator('textarea').count(), 0);

  // The teacher reads back, Pleun says whether that is it.
  await showTo(teacher, talk, 'summary-hard');
  await child.locator('main input[name=q][value=summary-hard]').first().waitFor({ state: 'attached' });
  await part(teacher, 'summary-hard', 5).locator('textarea').first().fill('Beginnen is lastig, doorgaan lukt wel.');
  await part(teacher, 'summary-hard', 5).locator('textarea').first().blur();
  await child.waitForFunction(() => document.querySelector('#p-summary-hard-5 textarea')?.value.startsWith('Beginnen'));
  await passes(child, 'way 11 summary child');
  await part(child, 'summary-hard', 5).locator('label', { hasText: 'Dat bedoel ik' }).tap();
  await teacher.waitForFunction(() => document.querySelector('#p-summary-hard-5')?.textContent.includes('Dat bedoel ik')
    && (document.querySelector('#p-summary-hard-5 input[value=yes]')?.checked ?? true));

  // A goal, what helps, and two agreements: the child sees them come.
  await showTo(teacher, talk, 'goal');
  await fillThing(teacher, teacher.locator('#o-goal'), {
    soon: 'Ik begin binnen vijf minuten met mijn eerste taak.', now: 'Ik werk door als ik bezig ben.',
    notice: 'Op vrijdag zijn drie taken af.', look_on: LOOK_BACK });
  await child.locator('#o-goal', { hasText: 'binnen vijf minuten' }).waitFor();
  await passes(teacher, 'way 11 goal');
  await passes(child, 'way 11 goal child');
  await showTo(teacher, talk, 'agreed');
  await fillThing(teacher, teacher.locator('#o-agreed'), {
    what: 'Ik zet elke ochtend een stip bij mijn eerste taak.', who: 'Pleun', look_on: LOOK_BACK });
  await fillThing(teacher, teacher.locator('#o-agreed'), {
    what: 'Ik kom na vijf minuten even kijken.', who: 'Marit', look_on: LOOK_BACK });
  await child.locator('#o-agreed', { hasText: 'even kijken' }).waitFor();
  await passes(teacher, 'way 11 agreed');

  // The plan, on one page, from the dossier.
  await visit(teacher, `${pupil}/plan`);
  await fillThing(teacher, teacher.locator('main'), {
    can: 'Doorwerken als ik bezig ben.', soon: 'Zelf beginnen.', doing: 'Een stip zetten.',
    teacher: 'Na vijf minuten kijken.', guardians: 'Zondag samen de week bekijken.', look_on: LOOK_BACK,
    lesson: 'Ik open de weektaak op maandag klassikaal.' });
  await passes(teacher, 'way 11 plan');
  await visit(child, '/ik/plan');
  await go(child, '.kidthing a');
  await passes(child, 'way 11 plan child');
  assert.doesNotMatch(await child.textContent('body'), /klassikaal/);

  // Who may know: Pleun chooses, on the own tablet.
  await visit(child, `/ik${talk}/delen`);
  await passes(child, 'way 11 share child');
  await share(child, `/ik${talk}/delen`, 'Casper', {
    'Ik weet bij de weektaak niet waar': 'yes', 'Ik begin binnen vijf minuten': 'yes', 'Ik zet elke ochtend': 'yes',
    'Wanneer gaat het juist wel goed?': 'self' });
  await go(child, '.share__nav button');
  await passes(child, 'way 11 shared child');
  await visit(teacher, `${talk}/delen`);
  await passes(teacher, 'way 11 shared');

  // Alone, without the teacher beside: did you feel listened to?
  await visit(teacher, `${talk}/sluiten`);
  await passes(teacher, 'way 11 closing');
  await visit(child, `/ik${talk}?vraag=listened`);
  await passes(child, 'way 11 listened child');
  await child.locator('.facepick').first().tap();
  await kept(child.locator('#form-listened-1'));
  await visit(teacher, `${talk}/sluiten`);
  assert.match(await said(teacher), /Hoe was dit gesprek voor de leerling\?\s*klaar/);
  assert.match(await said(teacher), /Wie mag wat weten\?\s*klaar/);
  assert.equal(await teacher.inputValue('#f-look_on'), LOOK_BACK);
  await go(teacher, 'form[action$="/sluiten"] button');
  await passes(teacher, 'way 11 closed');

  // At home, by a link: what was shared, and nothing else.
  const { link } = await linkFor(teacher, talk, 'Casper');
  await passes(teacher, 'way 11 link');
  const home = await visitor(PHONE);
  await home.goto(link);
  await home.waitForURL('**/thuis');
  await passes(home, 'way 11 home');
  const shown = await home.textContent('body');
  for (const text of ['Ik weet bij de weektaak niet waar ik moet beginnen.', 'Ik begin binnen vijf minuten',
    'Ik zet elke ochtend een stip'])
    assert.ok(shown.includes(text), `not shown at home: ${text}`);
  for (const text of ['Ik kom na vijf minuten', 'Beginnen is lastig', 'samen met Roos', 'klassikaal', 'beginnen, kiezen',
    'Zelf beginnen'])
    assert.ok(!shown.includes(text), `shown at home: ${text}`);
  for (const page of [teacher, child, home]) assert.deepEqual(await problems(page), []);

  // Four weeks later the start page asks.
  await later(FOUR_WEEKS_ON);
  const again = await staff('marit');
  await visit(again, '/');
  await passes(again, 'way 11 later');
  const due = again.locator('section:has(> .card__head #h-due)');
  const fold = due.locator('details');
  if (await fold.count()) await fold.locator('summary').click();
  const mine = await due.locator('li', { hasText: 'Pleun' }).allInnerTexts();
  for (const text of ['Ik begin binnen vijf minuten', 'Ik zet elke ochtend een stip', 'Zelf beginnen'])
    assert.ok(mine.some((line) => line.includes(text)), `not asked for: ${text}\n${mine.join('\n')}`);
  const promised = await again.locator('section:has(> .card__head #h-promised)').innerText();
  assert.match(promised, /Pleun[^]*Ik kom na vijf minuten even kijken/);
  await go(again, due.locator(`a[href="${talk}"]`));
  await go(again, `form[action="${talk}/teruggekeken"] button`);
  assert.match(await said(again), /teruggekeken/);
  await go(again, `a[href*="vervolg="]`);
  await go(again, 'main form[action*="/gesprek/"] button[type=submit]');
  assert.deepEqual(await problems(again), []);
}), WALK);

test('the whole way, 11 years, without JavaScript', () => walk(async ({ staff, visitor, later }) => {
  const off = { js: false };
  const teacher = await staff('marit', off);
  const pupil = await pupilOf(teacher, 'Roos');
  const group = await groupOf(teacher);
  const talk = await planAndInvite(teacher, pupil, {
    method: 'k12', day: '2026-11-24', time: '11:00', place: 'de gang', aim: '' });
  const code = await badgeOf(teacher, group, 'Roos');
  const child = await visitor({ ...TABLET, js: false });
  await typeCode(child, code);
  await go(child, `a[href="/ik${talk}"]`);
  await prepare(child, { 'prep-topic': words('de pauze'), 'prep-nice': words('gym') });
  await go(child, 'button[name=may_read][value=yes]');
  await visit(teacher, talk);
  assert.match(await said(teacher), /de pauze/);

  // Each goes to the question and keeps with the button; the other one loads the page again.
  await go(teacher, `form[action="${talk}/begin"] button`);
  await visit(child, `/ik${talk}?vraag=improve`);
  await part(child, 'improve', 1).locator('textarea').fill('Dat de regels voor iedereen gelden.');
  await go(child, '.kidask__nav .kbtn--go');
  await visit(teacher, `${talk}/samen?vraag=improve`);
  assert.match(await said(teacher), /Dat de regels voor iedereen gelden\./);
  await visit(teacher, `${talk}/samen?vraag=summary-better`);
  await part(teacher, 'summary-better', 5).locator('textarea').first().fill('Eerlijke regels.');
  await go(teacher, part(teacher, 'summary-better', 5).locator('button[type=submit]'));
  await visit(child, `/ik${talk}?vraag=summary-better`);
  await part(child, 'summary-better', 5).locator('input[value=yes]').check();
  await go(child, '.kidask__nav .kbtn--go');
  await visit(teacher, `${talk}/samen?vraag=first-step`);
  await fillThing(teacher, teacher.locator('#o-first-step'), { soon: 'Ik hang de regels op.', look_on: LOOK_BACK });
  await visit(teacher, `${talk}/samen?vraag=agreements`);
  await fillThing(teacher, teacher.locator('#o-agreements'), {
    what: 'Ik maak een vel met regels.', who: 'Roos', look_on: LOOK_BACK });

  await visit(child, `/ik${talk}/delen`);
  const reader = (await child.locator('.peek').first().getAttribute('aria-label')).trim();
  await share(child, `/ik${talk}/delen`, reader, { 'Ik hang de regels op': 'yes' });
  await go(child, '.share__nav button');
  await visit(child, `/ik${talk}?vraag=listened`);
  await child.locator('.facepick input').first().check();
  await go(child, '.kidask__nav .kbtn--go');
  await visit(teacher, `${talk}/sluiten`);
  assert.match(await said(teacher), /Hoe was dit gesprek voor de leerling\?\s*klaar/);
  await go(teacher, 'form[action$="/sluiten"] button');

  const { code: visit11 } = await linkFor(teacher, talk, reader);
  const home = await visitor({ ...PHONE, js: false });
  await visit(home, '/bezoek');
  await home.fill('#f-code', visit11);
  await go(home, 'main form button');
  assert.match(await said(home), /Ik hang de regels op\./);
  assert.doesNotMatch(await said(home), /vel met regels|Eerlijke regels|de pauze/);

  await later(FOUR_WEEKS_ON);
  const again = await staff('marit', off);
  assert.match(await dueOf(again, 'Roos'), /Ik hang de regels op\./);
}), WALK);
