// A child's own page of a conversation: one question at a time, for the youngest without reading. Valid and
// accessible, by touch, by keyboard and without JavaScript; read aloud where the browser has a voice.

import assert from 'node:assert/strict';

import { problems, visit } from './lib/browser.mjs';
import { checkShown, DIAGONAL } from './lib/checks.mjs';
import { pageOf, press, printBadges, school, withPage } from './lib/school.mjs';
import { plan } from './lib/talk.mjs';
import { test } from './lib/tap.mjs';

const TEACHER = 'sanne'; // of groups 1 and 2
const TARGET = 64; // px: what a finger of five hits
let badges;

// A conversation under way with the pupil in that place of the list: { talk, code }.
async function begun(place, method) {
  const { context, page } = await pageOf(TEACHER);
  await visit(page, '/');
  const group = (await page.locator('a[href^="/groep/"]').first().getAttribute('href')).split('/').slice(0, 3).join('/');
  badges ??= await printBadges(page, group);
  const talk = await plan(page, place, method);
  await press(page, 'form[action$="/begin"] button');
  const name = await page.locator('.talkbar h1').textContent();
  await context.close();
  return { talk, code: badges.find((card) => name.startsWith(card.name)).code };
}

async function enter(page, { talk, code }, js = true) {
  const { url } = await school();
  if (js) {
    await page.goto(`${url}/pas#${code}`);
    await page.waitForURL('**/ik');
  } else {
    await visit(page, '/pas');
    await page.fill('#f-code', code);
    await press(page, '[data-fragment] button');
  }
  return visit(page, `/ik${talk}`);
}

const next = (page) => page.locator('.kidask__nav .kbtn--go');
const kept = (page) => page.locator('.saved[data-state=saved]').first().waitFor({ state: 'attached' });

// What is smaller than a finger of what can be pressed now; a box within its label counts as the label.
const tooSmall = (page) => page.locator('.kidbar, .kidask').evaluateAll((roots, least) => roots
  .flatMap((root) => [...root.querySelectorAll('a, button, label:has(input), summary')])
  .filter((at) => at.checkVisibility() && !at.closest('[hidden], details:not([open]) > :not(summary)'))
  .map((at) => ({ what: at.outerHTML.slice(0, 90), box: at.getBoundingClientRect() }))
  .filter(({ box }) => box.width && (box.width < least || box.height < least))
  .map(({ what, box }) => `${Math.round(box.width)}×${Math.round(box.height)} ${what}`), TARGET);

test('a child of five answers by tapping, and every page is sound', async () => {
  const way = await begun(4, 'k13');
  await withPage(null, { width: 768, height: 1024, touch: true }, async (page) => {
    let response = await enter(page, way);
    let faces = 0;
    for (let i = 0; i < 5; i++) { // up to the drawing, which answer_test.mjs tries
      assert.deepEqual(await tooSmall(page), []);
      const place = new URL(page.url()).search;
      if (await page.locator('.ans input[type=radio]').count()) {
        await page.locator('.ans label:has(input[type=radio])').first().tap();
        await kept(page);
        faces++;
      }
      await checkShown(page, response, `child k13 ${i}`, { pairs: [DIAGONAL[i % DIAGONAL.length]] });
      await page.setViewportSize({ width: 768, height: 1024 });
      [response] = await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), next(page).tap()]);
      assert.notEqual(new URL(page.url()).search, place, 'the arrow goes on');
      if (i === 2) { // and back, where the answer stands
        await Promise.all([page.waitForNavigation({ waitUntil: 'load' }),
          page.locator('.kidask__nav a.kbtn--round').first().tap()]);
        [response] = await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), next(page).tap()]);
      }
    }
    assert.equal(faces, 4);
    assert.deepEqual(await problems(page), []);
  });
});

// A voice as a tablet has it, or none; what is said is written down.
const voices = (lang) => `{
  globalThis.said = [];
  const voice = ${JSON.stringify(lang)} && { lang: ${JSON.stringify(lang)}, localService: true };
  Object.defineProperty(globalThis, 'speechSynthesis', { value: Object.assign(new EventTarget(), {
    getVoices: () => (voice ? [voice] : []), cancel() {}, speak: (text) => said.push([text.text, text.lang]) }) });
  globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}`;

test('a question is read aloud in its own language; a browser without that voice offers nothing', async () => {
  const way = await begun(5, 'k13');
  for (const [lang, hears] of [['nl-NL', true], ['fr-FR', false], [null, false]])
    await withPage(null, { width: 768, height: 1024, touch: true }, async (page) => {
      await page.addInitScript(voices(lang));
      await enter(page, way);
      const listen = page.locator('.kbtn--listen').first();
      assert.equal(await listen.isVisible(), hears);
      if (!hears) return;
      await listen.tap();
      await listen.tap();
      const words = await page.locator('h1').textContent();
      assert.deepEqual(await page.evaluate(() => globalThis.said), [[words, lang], [words, lang]]);
    });
});

test('older children: every kind of answer on the own page is sound', async () => {
  for (const [place, method, asked] of [
    [6, 'k16', ['topic', 'goal', 'teacher-helps', 'promise']],
    [7, 'p7', ['hard-roles', 'talents', 'needs', 'agreed', 'pleasant', 'listened', 'evidence']]]) {
    const way = await begun(place, method);
    await withPage(null, {}, async (page) => {
      await enter(page, way);
      for (const [i, question] of asked.entries()) {
        const response = await visit(page, `/ik${way.talk}?vraag=${question}`);
        await checkShown(page, response, `child ${method} ${question}`, { pairs: [DIAGONAL[i % DIAGONAL.length]] });
      }
    });
  }
});

test('with the keyboard alone: choose, type, go on and come back', async () => {
  const way = await begun(9, 'k13');
  await withPage(null, { width: 768, height: 1024 }, async (page) => {
    await enter(page, way);
    const tabTo = async (target) => {
      for (let i = 0; i < 40; i++) {
        await page.keyboard.press('Tab');
        if (await page.locator(target).first().evaluate((at) => at === document.activeElement).catch(() => false)) return;
      }
      assert.fail(`the keyboard does not reach ${target}`);
    };
    const go = async (key, target) => {
      await tabTo(target);
      await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.keyboard.press(key)]);
    };
    await tabTo('.ans textarea');
    await page.keyboard.type('De konijnen');
    await go('Enter', '.kidask__nav .kbtn--go');
    await tabTo('.ans input[type=radio]');
    await page.keyboard.press('Space');
    await kept(page);
    assert.equal(await page.locator('.ans input[type=radio]').first().isChecked(), true);
    await go('Enter', '.kidask__nav a.kbtn--round');
    assert.equal(await page.locator('.ans textarea').first().inputValue(), 'De konijnen');
  });
});

test('without JavaScript every answer is kept by the arrow', async () => {
  const way = await begun(10, 'k13');
  await withPage(null, { js: false, width: 768, height: 1024 }, async (page) => {
    await enter(page, way, false);
    await page.locator('.ans textarea').first().fill('Mijn step');
    await press(page, next(page));
    await page.locator('.ans input[type=radio]').nth(2).check({ force: true });
    await press(page, next(page));
    await visit(page, `/ik${way.talk}?vraag=topic`);
    assert.equal(await page.locator('.ans textarea').first().inputValue(), 'Mijn step');
    await visit(page, `/ik${way.talk}?vraag=first-weeks`);
    assert.equal(await page.locator('.ans input[type=radio]').nth(2).isChecked(), true);
    for (let i = 0; i < 20 && await next(page).count(); i++) await press(page, next(page));
    assert.match(await page.textContent('main'), /Mijn step/);
  });
});

test('the child and the teacher write at the same time: both texts are kept', async () => {
  const way = await begun(11, 'k13');
  const teacher = await pageOf(TEACHER);
  await withPage(null, { width: 768, height: 1024 }, async (page) => {
    await page.addInitScript('delete globalThis.EventSource'); // it does not hear of the teacher's words in time
    await enter(page, way);
    await visit(page, `/ik${way.talk}?vraag=wish`);
    await visit(teacher.page, `${way.talk}/invullen`);
    await teacher.page.locator('#p-wish-1 textarea').fill('Meer knutselen');
    await teacher.page.locator('#p-wish-1 textarea').blur();
    await teacher.page.locator('#p-wish-1 .saved[data-state=saved]').waitFor({ state: 'attached' });
    await page.locator('.ans textarea').first().fill('Een kip in de klas');
    await page.locator('.ans textarea').first().blur();
    const notice = page.locator('[data-conflict]').first();
    await notice.waitFor();
    assert.match(await notice.textContent(), /Meer knutselen/);
    assert.equal(await page.locator('.ans textarea').first().inputValue(), 'Een kip in de klas');
    await visit(teacher.page, `${way.talk}/invullen`);
    assert.match(await teacher.page.textContent('main'), /Een kip in de klas/); // beside, or in its place
  });
  await teacher.context.close();
});
