// One running demo school for all tests, and the ways in: staff with their password, a pupil with a
// badge, a device that the teacher opened for the group.

import { openContext, openPage, signIn, visit } from './browser.mjs';
import { startProgram } from './program.mjs';

let program;
const signedIn = new Map();

// The demo school; started by the first who asks, stopped by lib/run.mjs.
export async function school() {
  program ??= startProgram();
  return program;
}

// The cookies of somebody of the demo ('marit'), who signs in once for all tests.
export async function cookiesOf(who) {
  if (!signedIn.has(who)) {
    const { url, people } = await school();
    const context = await openContext(url);
    await signIn(await openPage(context), people[who]);
    signedIn.set(who, await context.cookies());
    await context.close();
  }
  return signedIn.get(who);
}

// A page of somebody (null: of nobody): { page, context }. Options are those of openContext.
export async function pageOf(who, options = {}) {
  const { url } = await school();
  const context = await openContext(url, { ...options, cookies: who ? await cookiesOf(who) : [] });
  return { context, page: await openPage(context) };
}

// Runs `body(page, context)` and closes what it opened.
export async function withPage(who, options, body) {
  const { context, page } = await pageOf(who, options);
  try {
    await body(page, context);
  } finally {
    await context.close();
  }
}

// Presses something (a selector or a locator) that leads to another page; answers its response.
export async function press(page, target) {
  const button = typeof target === 'string' ? page.locator(target).first() : target;
  const [response] = await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), button.click()]);
  return response;
}

// The addresses of a teacher's group and of one of its pupils.
export async function placesOf(who) {
  const places = {};
  await withPage(who, {}, async (page) => {
    await visit(page, '/');
    places.group = (await page.getAttribute('a[href$="/pasjes"]', 'href')).replace('/pasjes', '');
    places.pupil = await page.getAttribute('a.pupil', 'href');
    await visit(page, places.pupil);
    places.observation = await page.locator('.timeline a').first().getAttribute('href')
      .catch(() => null);
  });
  return places;
}

// New badges for the whole group: [{ name, code }], codes as they stand on the cards.
export async function printBadges(page, group) {
  await visit(page, `${group}/pasjes`);
  await press(page, 'button[value="all"]');
  return page.locator('.badgecard').evaluateAll((cards) => cards.map((card) => ({
    name: card.querySelector('.badgecard__name').textContent.trim(),
    code: card.querySelector('.badgecard__code').textContent.replaceAll(' ', ''),
  })));
}

// Picture codes for who has none; then those of the first pupil: { pupil, pictures }.
export async function firstPictureCode(page, group) {
  await visit(page, `${group}/pasjes`);
  const make = 'form[action$="/plaatjes"] button';
  if (await page.locator(make).count()) await press(page, make);
  const row = page.locator('tbody tr').first();
  const action = await row.locator('form[action*="/plaatjes/"]').first().getAttribute('action');
  const pictures = await row.locator('.avatar use')
    .evaluateAll((uses) => uses.map((use) => use.getAttribute('href').split('#a-c-')[1]));
  return { pupil: action.split('/').pop(), pictures };
}
