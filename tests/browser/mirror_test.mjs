// The question mirror, practising and the goal sharpener: for who types, for who has no script, by keyboard.

import assert from 'node:assert/strict';

import { problems, visit } from './lib/browser.mjs';
import { checkShown, DIAGONAL } from './lib/checks.mjs';
import { press, withPage } from './lib/school.mjs';
import { test } from './lib/tap.mjs';

const TEACHER = 'marit';
const TALK = [
  'Juf: Vond je het niet leuk in de groep?',
  'Sem: Waarom vraag je dat? Jij bent altijd boos, toch?',
  'Juf: Wat gebeurde er toen?',
  'Sem: Niks.',
].join('\n');

async function planForm(page) {
  await visit(page, '/');
  const pupil = (await page.locator('.classmap a.pupil').first().getAttribute('href')).split('#')[0];
  return visit(page, `${pupil}/gesprek`);
}

test('what words may do stands under the field while somebody types, and nothing moves', async () => {
  await withPage(TEACHER, {}, async (page) => {
    await planForm(page);
    const out = page.locator('[data-mirror="f-aim"] .mirror__out');
    const height = async () => (await out.boundingBox()).height;
    await page.locator('#f-aim').fill('Je vond het toch wel leuk?');
    await out.getByText('Sturende vraag').waitFor();
    const before = await height();
    // Each state of the box from here on: it may never be empty or smaller on the way.
    await out.evaluate((box) => {
      globalThis.seen = [];
      new MutationObserver(() => globalThis.seen.push([box.textContent.trim().length, box.offsetHeight]))
        .observe(box, { childList: true, subtree: true });
    });
    await page.locator('#f-aim').press('End');
    await page.locator('#f-aim').pressSequentially(' En Wat vond je ervan', { delay: 20 });
    await page.waitForTimeout(600);
    const seen = await page.evaluate(() => globalThis.seen);
    assert.ok(seen.every(([length, tall]) => length > 0 && tall === before), JSON.stringify(seen));
    assert.equal(await height(), before);
    await page.locator('#f-aim').fill('Jij bent vast boos. Dat is niet slim. Je moet beter opletten.');
    await out.getByText('oordeel', { exact: false }).first().waitFor();
    const remarks = await out.locator('p:not(.mirror__name):not(.mirror__text)').count();
    assert.ok(remarks >= 1 && remarks <= 2, `${remarks} remarks`);
    assert.deepEqual(await problems(page), []);
  });
});

test('other words are taken and put back by keyboard', async () => {
  await withPage(TEACHER, {}, async (page) => {
    await planForm(page);
    const field = page.locator('#f-aim');
    await field.fill('Waarom heb je je boek niet bij je?');
    const way = page.locator('[data-mirror="f-aim"] .tip--use').first();
    await way.waitFor();
    const words = await way.textContent();
    await way.focus();
    await page.keyboard.press('Enter');
    assert.equal(await field.inputValue(), words);
    const back = page.getByRole('button', { name: 'Zet mijn woorden terug' });
    await back.waitFor();
    await back.focus();
    await page.keyboard.press('Enter');
    assert.equal(await field.inputValue(), 'Waarom heb je je boek niet bij je?');
  });
});

for (const js of [true, false]) {
  const how = js ? 'with the script' : 'without JavaScript';

  test(`a question is looked at on its own page, ${how}`, async () => {
    await withPage(TEACHER, { js }, async (page) => {
      await visit(page, '/spiegel');
      await page.fill('#f-text', 'Ben je moe of verdrietig?');
      if (js) await page.locator('.mirror__out').getByText('Keuzevraag').waitFor(); // while it is typed
      const response = await press(page, 'main form[action="/spiegel"] button[type=submit]');
      await page.locator('section.mirror').getByText('Keuzevraag').waitFor();
      if (js) await checkShown(page, response, 'spiegel', { pairs: DIAGONAL });
      await press(page, 'form[action="/spiegel"] .tip--use');
      await page.getByText('Open vraag').first().waitFor();
      assert.deepEqual(await problems(page), []);
    });
  });

  test(`lines of the pupil are never judged, and counts are kept only when asked, ${how}`, async () => {
    await withPage(TEACHER, { js }, async (page) => {
      await visit(page, '/oefenen');
      assert.equal(await page.locator('#tellingen').count(), 0);
      await page.fill('#f-text', TALK);
      await page.fill('#f-pupil', 'Sem');
      const response = await press(page, 'form[action="/oefenen"] button[type=submit]');
      const pupil = page.locator('.heard--pupil');
      assert.equal(await pupil.count(), 2);
      assert.equal(await pupil.locator('.mirror__name, mark').count(), 0);
      assert.equal(await page.locator('.heard--adult .mirror__name').count(), 2);
      for (const line of await page.locator('.heard--adult').all())
        assert.ok(await line.locator('.heard__said > p:not(.mirror__name):not(.mirror__text):not(.small)').count() <= 2);
      if (js) await checkShown(page, response, 'oefenen', { pairs: DIAGONAL });
      await visit(page, '/oefenen');
      assert.equal(await page.locator('#tellingen').count(), 0, 'looked at is not kept');
      await page.fill('#f-text', TALK);
      await page.fill('#f-pupil', 'Sem');
      await press(page, 'form[action="/oefenen"] button[type=submit]');
      await press(page, 'form[action="/oefenen/telling"] button');
      assert.equal(await page.locator('#tellingen .rows > li').count(), 1);
      await withPage('farida', {}, async (other) => {
        await visit(other, '/oefenen');
        assert.equal(await other.locator('#tellingen').count(), 0, "another's eyes");
      });
      await press(page, '#tellingen form:last-of-type button.btn');
      assert.equal(await page.locator('#tellingen').count(), 0);
      assert.deepEqual(await problems(page), []);
    });
  });

  test(`a worry becomes a goal of the pupil, question by question, ${how}`, async () => {
    await withPage(TEACHER, { js }, async (page) => {
      await visit(page, '/');
      const pupil = (await page.locator('.classmap a.pupil').nth(js ? 1 : 2).getAttribute('href')).split('#')[0];
      let response = await visit(page, `${pupil}/doelslijper`);
      if (js) await checkShown(page, response, 'doelslijper', { pairs: DIAGONAL });
      await page.fill('#f-remark', 'moeite met rekenen');
      await press(page, 'form[action$="/doelslijper"] button[type=submit]');
      const answers = { action: 'rekent uit', task: 'sommen tot 100', example: '', amount: '8 van de 10 goed',
        where: 'met de getallenlijn', when: 'over zes weken' };
      for (let i = 0; i < 7 && await page.locator('#f-answer').count(); i++) {
        await page.fill('#f-answer', answers[await page.getAttribute('#f-answer', 'name')]);
        response = await press(page, 'form:has(#f-answer) button[type=submit]');
      }
      const goal = await page.inputValue('#sharp-words');
      assert.match(goal, /^Over zes weken rekent .* 8 van de 10 goed\.$/);
      if (js) await checkShown(page, response, 'doelslijper-doel', { pairs: DIAGONAL });
      await press(page, 'form:has(#sharp-words) button[type=submit]');
      assert.equal(new URL(page.url()).pathname, `${pupil}/doelen`);
      await page.locator('.thing__title', { hasText: goal }).first().waitFor();
      assert.deepEqual(await problems(page), []);
    });
  });
}

test('under a goal stand questions that make it sharper', async () => {
  await withPage(TEACHER, {}, async (page) => {
    await visit(page, '/');
    const pupil = (await page.locator('.classmap a.pupil').nth(3).getAttribute('href')).split('#')[0];
    await visit(page, `${pupil}/doelen`);
    const fold = page.locator('details.thing__fold:has([data-mirror-url="/doelslijper/vragen"])').first();
    await fold.locator('summary').first().click();
    await fold.locator('details.mirror > summary').click();
    await fold.locator('textarea[name=soon]').fill('beter lezen');
    await fold.locator('.mirror__name').waitFor();
    assert.equal(await fold.locator('.mirror__name strong').textContent(), 'Het kan scherper');
    assert.deepEqual(await problems(page), []);
  });
});
