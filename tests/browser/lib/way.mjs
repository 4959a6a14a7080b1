// What the walks along the whole way share: one conversation from the plan to looking back, four weeks later, by
// everybody who has a part in it, each in a browser of their own. A walk has a school of its own, whose clock
// stands still until the walk moves it.

import assert from 'node:assert/strict';

import { openContext, openPage, problems, signIn, visit } from './browser.mjs';
import { axeProblems, picture, sidewaysProblems } from './checks.mjs';
import { press, printBadges } from './school.mjs';
import { startProgram } from './program.mjs';

export const MORNING = '2026-11-24T08:30'; // a Tuesday
export const FOUR_WEEKS_ON = '2026-12-22T08:30';
export const LOOK_BACK = '2026-12-22';
export const LAPTOP = { width: 1280, height: 800 };
export const TABLET = { width: 768, height: 1024, touch: true };
export const PHONE = { width: 390, height: 844, touch: true };

// A walk is long on a busy machine; on a quiet one it takes half a minute.
export const WALK = { limit: 300_000 };

// Runs `body({ program, staff, visitor })`: staff('marit', options) is a page of somebody signed in,
// visitor(options) one of nobody yet. Closes what was opened.
export async function walk(body) {
  const program = await startProgram({ clock: MORNING });
  const contexts = [];
  async function visitor(options) {
    const context = await openContext(program.url, options);
    context.setDefaultTimeout(15_000); // what is not there by then does not come
    contexts.push(context);
    return openPage(context);
  }
  async function staff(who, options = LAPTOP) {
    const page = await visitor(options);
    await signIn(page, program.people[who]);
    return page;
  }
  async function leave() {
    for (const context of contexts.splice(0)) await context.close();
  }
  // Everybody goes home, and it is another day.
  async function later(moment) {
    await leave();
    await program.later(moment);
  }
  try {
    await body({ program, staff, visitor, later });
  } finally {
    await leave();
    await program.stop();
  }
}

// What every page on the way must pass, as it stands; `name` names its picture. `refused`: its status says no, and
// the console repeats that.
export async function passes(page, name, { refused = false } = {}) {
  await picture(page, name);
  const found = [...await axeProblems(page), ...await sidewaysProblems(page),
    ...(await problems(page)).filter((text) => !refused || !text.includes('Failed to load resource'))];
  if (refused) page.weerklank.problems.length = 0; // said once
  assert.deepEqual(found, [], `${new URL(page.url()).pathname}\n${found.join('\n')}`);
}

export const said = (page) => page.locator('main').innerText();

// What somebody has in the list of what is looked back on, on the own start page, unfolded or not.
export async function dueOf(page, call) {
  await visit(page, '/');
  const lines = await page.locator('section:has(> .card__head #h-due) li', { hasText: call }).allTextContents();
  return lines.join('\n');
}

// The address of a pupil's page, from the map of the group.
export async function pupilOf(page, call) {
  await visit(page, '/');
  const link = page.locator('.classmap a.pupil').filter({ has: page.locator('.pupil__n', { hasText: call }) });
  return (await link.first().getAttribute('href')).split('#')[0];
}

export async function groupOf(page) {
  await visit(page, '/');
  return (await page.locator('a[href$="/pasjes"]').first().getAttribute('href')).replace('/pasjes', '');
}

// Plans in three fields, and invites: the address of the conversation.
export async function planAndInvite(page, pupil, { method, day, time, place, aim }) {
  await visit(page, pupil);
  await press(page, `a[href="${pupil}/gesprek"]`);
  await page.selectOption('#f-method', method);
  await page.fill('#f-day', day);
  await page.fill('#f-time', time);
  await page.fill('#f-place', place);
  await page.fill('#f-aim', aim);
  await press(page, 'main form[action*="/gesprek/"] button[type=submit]');
  if (!/^\/gesprek\/[0-9a-z]{13}$/.test(new URL(page.url()).pathname))
    await press(page, page.locator('main .timeline a[href^="/gesprek/"]').first());
  const talk = new URL(page.url()).pathname;
  await press(page, `form[action="${talk}/uitnodigen"] button`);
  assert.match(await said(page), /uitgenodigd/);
  return talk;
}

// The code on the badge of somebody: printed with those of the whole group.
export async function badgeOf(page, group, call) {
  const badges = await printBadges(page, group);
  return badges.find((badge) => badge.name.startsWith(call)).code;
}

// As the camera of the tablet does: the code is in the fragment of the address, which never leaves the device.
export async function scan(page, code) {
  await page.goto(`${page.weerklank.origin}/pas#${code}`);
  await page.waitForURL('**/ik');
}

export async function typeCode(page, code) {
  await visit(page, '/pas');
  await page.fill('#f-code', code);
  await press(page, '[data-fragment] button');
}

// Which question a child's page shows; null on the first and last pages, which ask none.
export async function askedNow(page) {
  const field = page.locator('main input[name=q]').first();
  return await field.count() ? field.getAttribute('value') : null;
}

// Taps or clicks, and waits for the page it leads to.
export async function go(page, target) {
  const button = typeof target === 'string' ? page.locator(target).first() : target;
  return press(page, button);
}

// Walks through the questions that a child prepares and answers those of `answers`: { question: async (form) => … }.
// Ends on the page that asks what happens with it.
export async function prepare(page, answers) {
  const met = [];
  for (let step = 0; step < 60; step++) {
    if (await page.locator('button[name=may_read]').count()) break;
    const question = await askedNow(page);
    if (question && !met.includes(question)) {
      met.push(question);
      if (answers[question]) await answers[question](page.locator('main form[id^=form-]').first(), page);
    }
    await go(page, page.locator('main .kbtn--go').last());
  }
  assert.deepEqual(Object.keys(answers).filter((question) => !met.includes(question)), [], 'questions never asked');
  assert.ok(await page.locator('button[name=may_read]').count(), 'the way through the questions ends');
}

// The answer with that voice (1 the pupil, 2 the teacher, 3 together) on a page of the conversation.
export const part = (page, question, voice) => page.locator(`#p-${question}-${voice}`);

export const kept = (form) => form.locator('.saved[data-state=saved]').waitFor({ state: 'attached' });

// Shows a question on all screens, as the teacher does: from the one before it, by the button.
export async function showTo(page, talk, question) {
  await visit(page, `${talk}/samen?vraag=${question}`);
  const before = page.locator('#verder a[href*="?vraag="]');
  if (!await before.count()) return;
  await go(page, before.first());
  await go(page, '#verder form button');
  assert.match(await page.locator('main input[name=q], main [data-live-item], #kaart').first().evaluate(
    (element) => element.ownerDocument.location.search), new RegExp(`vraag=${question}`));
}

// How long it takes until what one types stands on the other's screen, to write in or to read: the best of
// these texts in milliseconds, for a busy machine may be slow once.
export async function propagation(from, to, question, voice, texts) {
  const took = [];
  for (const text of texts) {
    const field = part(from, question, voice).locator('textarea');
    await field.fill(text);
    const start = Date.now();
    await field.blur();
    await to.waitForFunction(([id, wanted]) => {
      const there = document.getElementById(id);
      return (there?.querySelector('textarea')?.value ?? there?.querySelector('.said')?.textContent) === wanted;
    }, [`p-${question}-${voice}`, text], { polling: 10 });
    took.push(Date.now() - start);
  }
  return Math.min(...took);
}

// Fills a folded form of the dossier or the conversation and sends it: { name: text }.
export async function fillThing(page, block, fields) {
  const fold = block.locator('details.thing__fold').filter({ has: page.locator('summary .ic') }).last();
  if (await fold.getAttribute('open') === null) await fold.locator('> summary').click();
  const form = fold.locator('form.thing__form');
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`[name="${name}"]`).first();
    if (await field.evaluate((element) => element.tagName) === 'SELECT') {
      const option = await field.locator('option', { hasText: value }).first().getAttribute('value');
      await field.selectOption(option);
    } else if (await field.getAttribute('type') === 'radio') {
      await form.locator('label', { hasText: value }).click();
    } else {
      await field.fill(value);
    }
  }
  await press(page, form.locator('button[type=submit]'));
}

// Chooses in the table of who may know: rows by their text, for one reader.
export async function share(page, talk, reader, choices) {
  await visit(page, talk);
  for (const [row, choice] of Object.entries(choices)) {
    const cell = page.locator('.share__t tbody tr').filter({ hasText: row }).first()
      .locator('fieldset').filter({ has: page.locator('legend', { hasText: reader }) });
    await cell.locator(`input[value="${{ yes: 1, no: 2, self: 3 }[choice]}"]`).check();
  }
}

// A link for a guardian, as it stands on the sheet.
export async function linkFor(page, talk, reader) {
  await visit(page, `${talk}/links`);
  const whom = page.locator('#f-whom');
  await whom.selectOption(await whom.locator('option', { hasText: reader }).first().getAttribute('value'));
  await page.locator('label', { hasText: 'Alleen lezen' }).click();
  await press(page, 'form[action$="/links"] button[type=submit]');
  const link = (await page.locator('.break').innerText()).trim();
  const code = (await page.locator('.badgecard__code').first().innerText()).replaceAll(' ', '');
  return { link, code };
}
