// The whole way with a pupil of fifteen, and what is different from sixteen years on: the plan on one page, the
// pupil's own yes, and safety that went first and is told.

import assert from 'node:assert/strict';

import { problems, visit } from './lib/browser.mjs';
import { press } from './lib/school.mjs';
import { test } from './lib/tap.mjs';
import {
  FOUR_WEEKS_ON, LOOK_BACK, PHONE, TABLET, WALK, badgeOf, fillThing, go, groupOf, kept, linkFor, part, passes,
  planAndInvite, prepare, propagation, said, share, showTo, typeCode, walk,
} from './lib/way.mjs';

const words = (text) => async (form) => form.locator('textarea, input[type=text]').first().fill(text);

// The first pupil of that age on the map of the group, as the page of each says.
async function pupilAged(page, age) {
  await visit(page, '/');
  const hrefs = await page.locator('.classmap a.pupil').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  for (const href of hrefs) {
    await visit(page, href);
    if ((await page.locator('.page-head').innerText()).includes(`${age} jaar`)) return href;
  }
  throw new Error(`nobody is ${age}`);
}

const callOf = async (page) => (await page.locator('.crumbs span').last().innerText()).trim();

test('the whole way, 15 years', () => walk(async ({ staff, visitor, later }) => {
  const mentor = await staff('sandra');
  const pupil = await pupilAged(mentor, 15);
  const call = await callOf(mentor);
  const group = await groupOf(mentor);
  const talk = await planAndInvite(mentor, pupil, {
    method: 'k17', day: '2026-11-24', time: '13:10', place: 'lokaal 12', aim: 'jouw plan voor wiskunde' });
  await passes(mentor, 'way 15 invited');
  const code = await badgeOf(mentor, group, call);

  // In by typing the code of the badge; somebody of this age has no picture code.
  const young = await visitor(TABLET);
  await typeCode(young, code);
  assert.equal(new URL(young.url()).pathname, '/ik');
  await passes(young, 'way 15 own place');
  await go(young, `a[href="/ik${talk}"]`);
  await prepare(young, { 'prep-topic': words('wiskunde, plannen') });
  await passes(young, 'way 15 prepared');
  await go(young, 'button[name=may_read][value=yes]');
  await visit(mentor, talk);
  assert.match(await said(mentor), /plannen/); // this one may be read before

  await go(mentor, `form[action="${talk}/begin"] button`);
  await visit(young, `/ik${talk}`);
  await showTo(mentor, talk, 'topic');
  await part(young, 'topic', 1).locator('textarea').waitFor();
  const took = await propagation(young, mentor, 'topic', 1, ['Wiskunde.', 'Wiskunde: ik begin', 'Wiskunde: ik begin te laat.']);
  assert.ok(took < 1000, `the mentor sees it after ${took} ms`);

  // The plan is made in the conversation, and stands on the pupil's screen.
  await showTo(mentor, talk, 'plan');
  await fillThing(mentor, mentor.locator('#o-plan'), {
    can: 'Ik maak de standaardsommen.', soon: 'Ik haal een 6,5.', doing: 'Dinsdag en donderdag een half uur.',
    teacher: 'Ik leg de stappen nog een keer uit.', guardians: 'Telefoon in de gang.', notice: 'Ik leg elke stap uit.',
    look_on: LOOK_BACK });
  await young.locator('#o-plan', { hasText: 'Ik haal een 6,5.' }).waitFor();
  await passes(mentor, 'way 15 plan');
  await passes(young, 'way 15 plan pupil');
  await showTo(mentor, talk, 'summary-plan');
  await part(mentor, 'summary-plan', 5).locator('textarea').first().fill('Eerder beginnen, met hulp bij de stappen.');
  await part(mentor, 'summary-plan', 5).locator('textarea').first().blur();
  await young.waitForFunction(() => document.querySelector('#p-summary-plan-5 textarea')?.value.startsWith('Eerder'));
  await part(young, 'summary-plan', 5).locator('label', { hasText: 'Dat bedoel ik' }).tap();
  await kept(young.locator('#form-summary-plan-5'));
  await showTo(mentor, talk, 'agreed');
  await fillThing(mentor, mentor.locator('#o-agreed'), {
    what: 'Ik laat maandag mijn planning zien.', who: call, look_on: LOOK_BACK });
  await fillThing(mentor, mentor.locator('#o-agreed'), {
    what: 'Ik regel een plek in de huiswerkklas.', who: 'Sandra', look_on: LOOK_BACK });
  // The goal is the pupil's own, from the own place.
  await visit(young, '/ik/doelen');
  await fillThing(young, young.locator('main'), { soon: 'Ik vraag hulp zodra ik vastloop.', look_on: LOOK_BACK });
  await passes(young, 'way 15 goals');

  await visit(young, `/ik${talk}/delen`);
  const reader = (await young.locator('.peek').first().getAttribute('aria-label')).trim();
  await share(young, `/ik${talk}/delen`, reader, { 'Ik haal een 6,5': 'yes', 'Ik laat maandag': 'yes', 'Waar mag': 'no' });
  await go(young, '.share__nav button');
  await visit(young, `/ik${talk}?vraag=listened`);
  await young.locator('.facepick').first().tap();
  await kept(young.locator('#form-listened-1'));
  await visit(mentor, `${talk}/sluiten`);
  await passes(mentor, 'way 15 closing');
  await go(mentor, 'form[action$="/sluiten"] button');

  // What the reader sees is what the preview showed.
  await visit(mentor, `${talk}/delen`);
  await go(mentor, mentor.locator('.peek', { hasText: reader }).locator('a[href*="/delen/thuis"]'));
  await passes(mentor, 'way 15 preview');
  const preview = await mentor.locator('.wrap--home > section').allInnerTexts();
  const { link } = await linkFor(mentor, talk, reader);
  const home = await visitor(PHONE);
  await home.goto(link);
  await home.waitForURL('**/thuis');
  assert.deepEqual(await home.locator('.wrap--home > section').allInnerTexts(), preview);
  const shown = preview.join('\n');
  for (const text of ['Ik haal een 6,5.', 'Telefoon in de gang.', 'Ik laat maandag mijn planning zien.'])
    assert.ok(shown.includes(text), `not shown at home: ${text}`);
  for (const text of ['huiswerkklas', 'begin te laat', 'Eerder beginnen', 'vastloop', 'plannen,'])
    assert.ok(!shown.includes(text), `shown at home: ${text}`);
  for (const page of [mentor, young, home]) assert.deepEqual(await problems(page), []);

  await later(FOUR_WEEKS_ON);
  const again = await staff('sandra');
  await visit(again, '/');
  const due = again.locator('section:has(> .card__head #h-due)');
  const fold = due.locator('details');
  if (await fold.count()) await fold.locator('summary').click();
  const mine = (await due.locator('li', { hasText: call }).allInnerTexts()).join('\n');
  for (const text of ['Ik haal een 6,5', 'Ik laat maandag', 'Ik vraag hulp'])
    assert.ok(mine.includes(text), `not asked for: ${text}\n${mine}`);
  // The plan is looked back on, with what comes next.
  await go(again, due.locator('a[href*="/plan/"]', { hasText: 'Ik haal een 6,5' }));
  const back = again.locator('details.thing__fold', { has: again.locator('textarea[name=next]') });
  await back.locator('summary').click();
  await back.locator('textarea[name=text]').fill('Een 6,8.');
  await back.locator('textarea[name=next]').fill('Zo doorgaan tot de toetsweek.');
  await press(again, back.locator('button[type=submit]'));
  assert.match(await said(again), /Een 6,8\./);
  await go(again, `a[href="${pupil}"]`);
  await visit(again, talk);
  await go(again, `form[action="${talk}/teruggekeken"] button`);
}), WALK);

test('from sixteen on the pupil decides; safety goes first, with its reason, and is told', () => walk(
  async ({ staff, visitor }) => {
    const mentor = await staff('sandra');
    const pupil = await pupilAged(mentor, 16);
    const call = await callOf(mentor);
    const group = await groupOf(mentor);
    const talk = await planAndInvite(mentor, pupil, {
      method: 'k20', day: '2026-11-24', time: '14:00', place: 'lokaal 12', aim: 'jouw leerdoel' });
    const code = await badgeOf(mentor, group, call);
    await visit(mentor, talk);
    await go(mentor, `form[action="${talk}/begin"] button`);
    await showTo(mentor, talk, 'agreed');
    await fillThing(mentor, mentor.locator('#o-agreed'), {
      what: 'Ik lever op vrijdag in.', who: call, look_on: LOOK_BACK });

    // A mentor alone cannot say yes for somebody of sixteen; beside each other they can.
    await visit(mentor, `${talk}/delen`);
    assert.match(await said(mentor), /16 of ouder/);
    const reader = (await mentor.locator('.peek').first().getAttribute('aria-label')).trim();
    await share(mentor, `${talk}/delen`, reader, { 'Ik lever op vrijdag in': 'yes' });
    await go(mentor, '.share__nav button');
    await passes(mentor, 'way 16 refused', { refused: true });
    assert.match(await mentor.textContent('body'), /Alleen de leerling kan hier ja op zeggen/);
    await visit(mentor, `${talk}/delen`);
    assert.equal(await mentor.locator('.eyes__o--yes input:checked').count(), 0);
    await share(mentor, `${talk}/delen`, reader, { 'Ik lever op vrijdag in': 'yes' });
    await mentor.locator('input[name=together]').check();
    await go(mentor, '.share__nav button');
    assert.equal(await mentor.locator('.eyes__o--yes input:checked').count(), 1);

    // Safety went first. It is on the dossier, and told to the pupil.
    await mentor.locator('details.card > summary').click();
    await mentor.fill('#f-what', 'Dat het thuis niet veilig is');
    await mentor.fill('#f-whom', 'Veilig Thuis');
    await mentor.fill('#f-reason', 'Er was direct gevaar.');
    await go(mentor, 'form[action$="/veiligheid"] button');
    await passes(mentor, 'way 16 exception');
    await visit(mentor, pupil);
    await passes(mentor, 'way 16 dossier');
    assert.match(await said(mentor), /Veiligheid ging voor[^]*Veilig Thuis[^]*weet het nog niet/);

    const young = await visitor(TABLET);
    await typeCode(young, code);
    await visit(young, '/ik/inzage');
    assert.doesNotMatch(await said(young), /Veilig Thuis/); // a person tells it, not a screen
    await visit(mentor, `${talk}/delen`);
    await go(mentor, 'form[action$="/verteld"] button');
    await visit(mentor, pupil);
    assert.match(await said(mentor), /Veilig Thuis[^]*de leerling hoorde het/);
    await visit(young, '/ik/inzage');
    await passes(young, 'way 16 log');
    assert.match(await said(young), /Veilig Thuis[^]*Er was direct gevaar/);
    // The log names who read and wrote, and who decided.
    assert.match(await said(young), /Sandra Pinas/);
    assert.match(await said(young), /Samen met je (juf|leerkracht|mentor)|samen met/i);
    assert.deepEqual(await problems(young), []);
  }), WALK);
