// The question mirror and the goal sharpener within a leerlingbespreking (DOMAIN L5): under what adults write, on
// their own page for who has no script, and a goal that is made there is a goal of the pupil.

import assert from 'node:assert/strict';

import { problems, visit } from './lib/browser.mjs';
import { press, withPage } from './lib/school.mjs';
import { part } from './lib/talk.mjs';
import { test } from './lib/tap.mjs';
import { fillThing, pupilOf } from './lib/way.mjs';

const LOOK_BACK = '2027-06-01';
const ASKED = 'Waarom vraag je nooit om hulp?';
const ANSWERS = { action: 'rekent uit', task: 'sommen tot 20', example: '', amount: '9 van de 10 goed',
  where: 'met het rekenrek', when: 'over vijf weken' };

// Begins a leerlingbespreking about the pupil: its address.
async function begin(page, pupil) {
  await visit(page, `${pupil}/gesprek`);
  await page.selectOption('#f-method', 'l');
  await press(page, 'main form[action*="/gesprek/"] button[type=submit]');
  if (!/^\/gesprek\/[0-9a-z]{13}$/.test(new URL(page.url()).pathname))
    await press(page, page.locator('main .timeline a[href^="/gesprek/"]').first());
  const talk = new URL(page.url()).pathname;
  await press(page, `form[action="${talk}/begin"] button`);
  await visit(page, `${talk}/invullen`);
  return talk;
}

async function mirrorUnderAField(page) {
  const form = part(page, 'worry', 2);
  await form.locator('details.mirror > summary').click();
  await form.locator('textarea').fill(ASKED);
  await form.locator('.mirror__name').waitFor();
  assert.equal(await form.locator('.mirror__name strong').textContent(), 'Waarom-vraag');
}

async function mirrorOnItsPage(page) {
  const form = page.locator('form[action="/spiegel"]').first();
  await form.locator('textarea').fill(ASKED);
  await press(page, form.locator('button[type=submit]'));
  assert.equal(new URL(page.url()).pathname, '/spiegel');
  assert.equal(await page.locator('.mirror__name strong').first().textContent(), 'Waarom-vraag');
}

async function sharpen(page) {
  await press(page, 'main a.btn[href$="/doelslijper"]');
  await page.fill('#f-remark', 'moeite met rekenen');
  await press(page, 'form[action$="/doelslijper"] button[type=submit]');
  for (let i = 0; i < 7 && await page.locator('#f-answer').count(); i++) {
    await page.fill('#f-answer', ANSWERS[await page.getAttribute('#f-answer', 'name')]);
    await press(page, 'form:has(#f-answer) button[type=submit]');
  }
  const goal = await page.inputValue('#sharp-words');
  assert.match(goal, /^Over vijf weken rekent .* 9 van de 10 goed\.$/);
  await press(page, 'form:has(#sharp-words) button[type=submit]');
  return goal;
}

for (const [who, pupilName, js] of [['marit', 'Roos', true], ['farida', 'Jurre', false]]) {
  test(`the mirror and the sharpener in a leerlingbespreking, as ${who}, ${js ? 'with' : 'without'} the script`, async () => {
    let pupil;
    await withPage('marit', {}, async (page) => { pupil = await pupilOf(page, pupilName); });
    await withPage(who, { js }, async (page) => {
      const talk = await begin(page, pupil);
      await (js ? mirrorUnderAField : mirrorOnItsPage)(page);
      await visit(page, `${talk}/invullen`);
      const sharp = await sharpen(page);
      assert.equal(new URL(page.url()).pathname, `${pupil}/doelen`);
      await page.locator('.thing__title', { hasText: sharp }).first().waitFor();
      // A goal that is written in the form of the discussion stands among them too.
      const written = `${who} ziet dat ${pupilName} tien minuten alleen doorwerkt.`;
      await visit(page, `${talk}/invullen`);
      await fillThing(page, page.locator('#o-goal'), { soon: written, look_on: LOOK_BACK });
      await visit(page, `${pupil}/doelen`);
      await page.locator('.thing__title', { hasText: written }).first().waitFor();
      assert.deepEqual(await problems(page), []);
    });
  });
}
