// The worked case of a leerlingbespreking (DOMAIN L8): the demo school has it, and it is played through the pages:
// teacher and coordinator find that nobody knows how a pupil goes about it, the teacher asks the pupil, and the
// discussion goes on from what was found.

import assert from 'node:assert/strict';

import { visit } from './lib/browser.mjs';
import { press } from './lib/school.mjs';
import { test } from './lib/tap.mjs';
import { LOOK_BACK, WALK, dueOf, fillThing, go, kept, part, passes, pupilOf, said, walk } from './lib/way.mjs';

// Types an answer into the whole form, and waits until it is kept.
async function write(page, question, voice, text) {
  const form = part(page, question, voice).locator('form');
  await form.locator('textarea, input[type=text]').first().fill(text);
  await form.locator('textarea, input[type=text]').first().blur();
  await kept(form);
}

async function choose(page, question, voice, label) {
  const form = part(page, question, voice).locator('form');
  await form.locator('label', { hasText: label }).first().click();
  await kept(form);
}

async function begin(page, pupil, method, follows) {
  await visit(page, follows ? `${pupil}/gesprek?vervolg=${follows.split('/').pop()}` : `${pupil}/gesprek`);
  await page.selectOption('#f-method', method);
  await press(page, 'main form[action*="/gesprek/"] button[type=submit]');
  if (!/^\/gesprek\/[0-9a-z]{13}$/.test(new URL(page.url()).pathname))
    await press(page, page.locator('main .timeline a[href^="/gesprek/"]').first());
  const talk = new URL(page.url()).pathname;
  await go(page, `form[action="${talk}/begin"] button`);
  await visit(page, `${talk}/invullen`);
  return talk;
}

async function close(page, talk) {
  await visit(page, `${talk}/sluiten`);
  await go(page, 'form[action$="/sluiten"] button');
}

test('the demo school holds the case: two discussions, and what the pupil showed between them', () => walk(async ({ staff }) => {
  const teacher = await staff('marit');
  const pupil = await pupilOf(teacher, 'Jurre');
  await visit(teacher, pupil);
  const titles = await teacher.locator('.timeline .ev--talk h3').allInnerTexts();
  const at = titles.indexOf('Leerlingbespreking');
  assert.deepEqual(titles.slice(at, at + 3), ['Leerlingbespreking', 'Diagnostisch gesprek', 'Leerlingbespreking']);
  const second = teacher.locator('.timeline .ev--talk h3 a', { hasText: 'Leerlingbespreking' }).first();
  await go(teacher, second);
  await passes(teacher, 'case demo');
  assert.match(await said(teacher), /Marit Bakker[^]*tafels van 6 tot en met 9[^]*Nog drie leerlingen/);
  await go(teacher, teacher.locator('.does a', { hasText: 'vervolg' })); // what it follows
  assert.match(await said(teacher), /Diagnostisch gesprek met Jurre[^]*Verdubbelen kan ik al/);
  assert.match(await dueOf(teacher, 'Jurre'), /acht van de tien sommen/);
}), WALK);

test('played through the pages: discussion, learning conversation, discussion', () => walk(async ({ staff }) => {
  const teacher = await staff('marit');
  const pupil = await pupilOf(teacher, 'Roos');
  const first = await begin(teacher, pupil, 'l');
  await write(teacher, 'worry', 2, 'Roos slaat de sommen met een verhaal over.');
  await write(teacher, 'tried', 2, 'Samen lezen en onderstrepen.');
  await write(teacher, 'example', 2, 'Zes zakken met negen knikkers.');
  await choose(teacher, 'view', 5, 'Nog niet');
  // Nobody knows: now the form asks what to find out, and when.
  await part(teacher, 'find-out', 5).waitFor();
  await write(teacher, 'find-out', 5, 'Wat doet zij na het lezen?');
  await visit(teacher, `${first}/invullen`);
  await fillThing(teacher, teacher.locator('#o-learning-talk'), {
    what: 'Ik doe drie sommen met Roos.', who: 'Marit', look_on: LOOK_BACK });
  await visit(teacher, `${first}/invullen`);
  await passes(teacher, 'case form');
  await close(teacher, first);

  const talk = await begin(teacher, pupil, 'd', first);
  await write(teacher, 'show-me', 1, 'Zes keer negen: ik tel vanaf vijf keer door.');
  await write(teacher, 'gap', 5, 'De tafels van 6 tot en met 9 gaan niet vanzelf.');
  await write(teacher, 'works-until', 5, 'De keersom kiezen lukt.');
  await close(teacher, talk);

  // It goes on with the coordinator, who reads what was found one tap away.
  const second = await begin(teacher, pupil, 'l', talk);
  const coordinator = await staff('farida');
  await visit(coordinator, second);
  await go(coordinator, coordinator.locator('.does a', { hasText: 'vervolg' }));
  assert.match(await said(coordinator), /ik tel vanaf vijf keer door/);
  await visit(coordinator, `${second}/invullen`);
  await write(teacher, 'who-else', 5, 'Nog drie leerlingen kunnen meedoen met de training.');
  await coordinator.waitForFunction(() => document.querySelector('#p-who-else-5 textarea')?.value.includes('drie leerlingen'));
  await write(coordinator, 'added-ideas', 4, 'Laat ze zelf bijhouden wat vanzelf gaat.');
  await visit(teacher, `${second}/invullen`);
  await fillThing(teacher, teacher.locator('#o-goal'), {
    soon: 'Roos zegt acht van de tien tafelsommen binnen drie tellen.', look_on: LOOK_BACK });
  await fillThing(teacher, teacher.locator('#o-measures'), {
    what: 'Ik geef vier leerlingen tien minuten training per dag.', who: 'Marit', look_on: LOOK_BACK });
  await close(teacher, second);
  assert.match(await said(teacher), /binnen drie tellen[^]*tien minuten training/);
  await visit(teacher, `${pupil}/doelen`);
  assert.match(await said(teacher), /acht van de tien tafelsommen/);
}), WALK);
