// What was typed waits on the device while there is no network or no session, sealed; it is sent by the same
// person only, and visibly.

import assert from 'node:assert/strict';

import { openPage, signIn, visit } from './lib/browser.mjs';
import { checkShown, DIAGONAL } from './lib/checks.mjs';
import { pageOf, placesOf, press, printBadges, school, withPage } from './lib/school.mjs';
import { kept, part, plan, type } from './lib/talk.mjs';
import { test } from './lib/tap.mjs';

// Group 1/2 is read by no test but that of conversations.
const TEACHER = 'sanne';
const says = (page, words) => page.locator('#waiting [data-waiting-say]', { hasText: words }).waitFor();
const stored = (page) => page.evaluate(() =>
  Object.entries(localStorage).filter(([name]) => name.startsWith('weerklank.waits.')).map(([, value]) => value));
const nothingStored = (page) => page.waitForFunction(() =>
  !Object.keys(localStorage).some((name) => name.startsWith('weerklank.waits.')));
const onDevice = (page, count) => page.waitForFunction((wanted) =>
  Object.keys(localStorage).filter((name) => name.startsWith('weerklank.waits.')).length === wanted, count);
const text = (page, question) => part(page, question, 1).locator('textarea').inputValue();
const closeForGood = (page) => page.close({ runBeforeUnload: false });

// A form of a conversation that is under way: { talk, page, context }.
async function formOf(place) {
  const { context, page } = await pageOf(TEACHER);
  page.on('dialog', (dialog) => dialog.accept()); // leaving asks
  const talk = await plan(page, place, 'k13');
  await press(page, 'form[action$="/begin"] button');
  await visit(page, `${talk}/invullen`);
  return { context, page, talk };
}

// What another device of the teacher reads.
async function elsewhere(talk, question) {
  let found = '';
  await withPage(TEACHER, {}, async (page) => {
    await visit(page, `${talk}/invullen`);
    found = await text(page, question);
  });
  return found;
}

test('the network is cut: words wait sealed on the device, through a reload, and are sent after it', async () => {
  const { context, page, talk } = await formOf(1);
  await kept(await type(page, 'topic', 1, 'Over de konijnen.'));
  await nothingStored(page);
  await context.setOffline(true);
  await type(page, 'topic', 1, 'Over de konijnen, en over het lege hok.');
  await says(page, /Geen verbinding\. Wat je typt wacht op dit apparaat/);
  await onDevice(page, 1);
  assert.ok(!/konijnen|antwoord|gesprek/.test((await stored(page)).join('')), 'sealed');
  await page.reload().catch(() => {}); // the browser's own page: there is no network
  await context.setOffline(false);
  await visit(page, `${talk}/invullen`); // unless the browser did so by itself before
  await nothingStored(page);
  await visit(page, `${talk}/invullen`);
  assert.equal(await text(page, 'topic'), 'Over de konijnen, en over het lege hok.');
  assert.equal(await elsewhere(talk, 'topic'), 'Over de konijnen, en over het lege hok.');
  await context.close();
});

test('a word of a second ago is there, whatever page comes next', async () => {
  const { context, page, talk } = await formOf(2);
  await part(page, 'wish', 1).locator('textarea').fill('Een klimrek.');
  await onDevice(page, 1);
  await closeForGood(page); // as when the tablet is switched off
  const next = await openPage(context);
  await visit(next, '/');
  await says(next, /is nu bewaard/);
  assert.equal(await elsewhere(talk, 'wish'), 'Een klimrek.');
  await nothingStored(next);
  await context.close();
});

test('two tabs: each sends its own; what a closed one left, the other sends', async () => {
  const { context, page, talk } = await formOf(3);
  const other = await openPage(context);
  await visit(other, `${talk}/invullen`);
  await context.setOffline(true);
  await type(page, 'topic', 1, 'Uit het eerste tabblad.');
  await type(other, 'wish', 1, 'Uit het tweede tabblad.');
  await onDevice(page, 2);
  await closeForGood(page);
  await context.setOffline(false);
  await nothingStored(other);
  assert.equal(await elsewhere(talk, 'topic'), 'Uit het eerste tabblad.');
  assert.equal(await elsewhere(talk, 'wish'), 'Uit het tweede tabblad.');
  assert.equal(await other.locator('[data-conflict]:visible').count(), 0);
  await context.close();
});

test('a session that ended: the words wait for the same person, and another sees and sends nothing', async () => {
  const { people } = await school();
  const { context, page, talk } = await formOf(4);
  await context.clearCookies();
  await type(page, 'topic', 1, 'Dit is alleen van mij.');
  await says(page, /Je bent niet meer aangemeld\. Wat je typte wacht op dit apparaat/);
  await page.locator('[data-waiting-enter] a').click();
  await page.waitForURL('**/aanmelden**');
  await signIn(page, people.farida, '/aanmelden');
  await visit(page, `${talk}/invullen`); // she may read this conversation
  await page.waitForTimeout(500);
  assert.equal(await text(page, 'topic'), '');
  assert.ok(!(await page.content()).includes('alleen van mij'));
  assert.equal((await stored(page)).length, 1);
  assert.equal(await elsewhere(talk, 'topic'), '');
  await context.clearCookies();
  await signIn(page, people[TEACHER], '/aanmelden');
  await says(page, /is nu bewaard/);
  assert.equal(await elsewhere(talk, 'topic'), 'Dit is alleen van mij.');
  await context.close();
});

test('signed in again in another tab: the first one goes on; somebody else: it goes from the screen', async () => {
  const { people } = await school();
  const { context, page, talk } = await formOf(5);
  const beside = await openPage(context);
  await context.clearCookies();
  await signIn(beside, people[TEACHER], '/aanmelden');
  await kept(await type(page, 'topic', 1, 'Met een nieuwe sleutel.'));
  assert.equal(await elsewhere(talk, 'topic'), 'Met een nieuwe sleutel.');
  await context.clearCookies();
  await signIn(beside, people.farida, '/aanmelden');
  await type(page, 'wish', 1, 'Niet voor haar ogen.');
  await page.waitForURL((url) => url.pathname === '/');
  assert.ok(!(await page.content()).includes('haar ogen'));
  assert.equal(await elsewhere(talk, 'wish'), '');
  assert.equal((await stored(page)).length, 1);
  await context.close();
});

test('on a device of the class: the next child sees nothing, the first finds her words again', async () => {
  const { context, page } = await pageOf(TEACHER);
  const { url } = await school();
  await visit(page, '/');
  const group = (await page.locator('a[href^="/groep/"]').first().getAttribute('href')).split('/').slice(0, 3).join('/');
  const names = await page.locator('.classmap a.pupil .pupil__n').allTextContents();
  const badges = await printBadges(page, group);
  const talk = await plan(page, 0, 'k11');
  await press(page, 'form[action$="/begin"] button');
  const badgeOf = (name) => badges.find((badge) => badge.name.split(' ')[0] === name.trim().split(' ')[0]);
  const enter = async (child, name) => {
    await child.goto(`${url}/pas#${badgeOf(name).code}`);
    await child.waitForURL('**/ik');
  };
  await withPage(null, { width: 768, height: 1024, touch: true }, async (child, device) => {
    child.on('dialog', (dialog) => dialog.accept());
    await enter(child, names[0]);
    const where = `/ik${talk}?vraag=own-card`;
    await visit(child, where);
    await device.setOffline(true);
    const field = child.locator('.ans textarea, .ans input[type=text]').first();
    await field.fill('Ik mis mijn oma.');
    await field.blur();
    await says(child, /Geen verbinding/);
    await child.screenshot({ path: '/tmp/waiting-child.png' });
    await onDevice(child, 1);
    await device.clearCookies(); // her session is over before it could be sent
    await device.setOffline(false);
    await says(child, /Je bent niet meer aangemeld/);
    await child.goto(`${url}/pas`).catch(() => {});
    await enter(child, names[1]);
    await child.waitForTimeout(500);
    assert.ok(!(await child.content()).includes('oma'));
    assert.equal((await stored(child)).length, 1);
    assert.ok(!(await stored(child)).join('').includes('oma'));
    await device.clearCookies();
    await enter(child, names[0]);
    await says(child, /is nu bewaard/);
    await visit(child, where);
    assert.equal(await child.locator('.ans textarea, .ans input[type=text]').first().inputValue(), 'Ik mis mijn oma.');
    await nothingStored(child);
  });
  await context.close();
});

test('somebody else wrote meanwhile: both texts are kept, and it is told', async () => {
  const { context, page, talk } = await formOf(6);
  await context.setOffline(true);
  await type(page, 'topic', 1, 'Thuis getypt, zonder internet.');
  await onDevice(page, 1);
  await withPage('farida', {}, async (there) => {
    await visit(there, `${talk}/invullen`);
    await kept(await type(there, 'topic', 1, 'Op school getypt.'));
  });
  await closeForGood(page);
  await context.setOffline(false);
  const back = await openPage(context);
  await visit(back, `${talk}/invullen`);
  await says(back, /Er was intussen een andere tekst; die is ook bewaard/);
  await visit(back, `${talk}/geschiedenis?vraag=topic&stem=1`);
  const said = await back.textContent('main');
  assert.ok(said.includes('Thuis getypt, zonder internet.') && said.includes('Op school getypt.'));
  await context.close();
});

test('what has no place any more is shown to its writer, to copy or throw away', async () => {
  const { context, page, talk } = await formOf(7);
  await context.setOffline(true);
  await type(page, 'topic', 1, 'Te laat, maar wel gezegd.');
  await onDevice(page, 1);
  await withPage(TEACHER, {}, async (there) => {
    await visit(there, `${talk}/sluiten`);
    await press(there, 'form[action$="/sluiten"] button');
  });
  await closeForGood(page);
  await context.setOffline(false);
  const back = await openPage(context);
  const response = await visit(back, '/');
  await back.locator('#waiting li', { hasText: 'Te laat, maar wel gezegd.' }).waitFor();
  await says(back, /Kopieer wat je nog nodig hebt/);
  back.weerklank.problems.length = 0; // the browser tells of the refusal that this is about
  await checkShown(back, response, 'waiting stuck', { pairs: DIAGONAL });
  await back.locator('#waiting li button').click();
  await back.locator('#waiting').waitFor({ state: 'hidden' });
  assert.deepEqual(await stored(back), []);
  await context.close();
});

test('after a week it is gone, whoever opens a page', () => withPage(TEACHER, {}, async (page) => {
  const put = (name, days) => page.evaluate(([id, ago]) => localStorage.setItem(`weerklank.waits.${id}`,
    JSON.stringify({ tab: 'x', at: Date.now() - ago * 86400000, iv: 'AAAA', data: 'AAAA' })), [name, days]);
  await visit(page, '/');
  await put('old', 8);
  await put('young', 6);
  await page.evaluate(() => localStorage.setItem('weerklank.waits.spoilt', '{'));
  await visit(page, '/hulp');
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), ['weerklank.waits.young']);
}));

test('where nothing can be sealed, the words wait in the page, and it says so', async () => {
  const { context, page, talk } = await formOf(8);
  await page.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }));
  await visit(page, `${talk}/invullen`);
  await context.setOffline(true);
  const form = await type(page, 'topic', 1, 'Alleen in dit scherm.');
  await says(page, /blijft in dit scherm staan: laat het open/);
  assert.deepEqual(await stored(page), []);
  await context.setOffline(false);
  await form.locator('.saved[data-state=saved]').waitFor({ timeout: 15_000 });
  await page.locator('#waiting').waitFor({ state: 'hidden' });
  await context.close();
});

test('a form with a button stays where it is while there is no network', () => withPage(TEACHER, {}, async (page, context) => {
  await visit(page, '/');
  const pupil = (await page.locator('.classmap a.pupil').first().getAttribute('href')).split('#')[0];
  await visit(page, `${pupil}/gesprek`);
  await context.setOffline(true);
  await page.locator('form[action*="/gesprek"] button[type=submit]').last().click();
  await says(page, /blijft in dit scherm staan/);
  assert.equal(new URL(page.url()).pathname, `${pupil}/gesprek`);
  await context.setOffline(false);
}));

// --- forms with a button ----------------------------------------------------------------------------

// The form for a new goal, open: { page, context, send, soon }.
async function goalForm() {
  const { pupil } = await placesOf(TEACHER);
  const { context, page } = await pageOf(TEACHER);
  page.on('dialog', (dialog) => dialog.accept());
  await visit(page, `${pupil}/doelen`);
  const fold = page.locator('section[aria-labelledby="hs-goal"] > details');
  await fold.locator('> summary').click();
  return { context, page, soon: fold.locator('[name=soon]'), send: fold.locator('> form button[type=submit]') };
}
const goals = (page, words) => page.locator('.thing__title a', { hasText: words }).count();
const unreachable = (route) => route.abort('connectionfailed'); // while the browser still thinks that it is online

test('a form with a button does not leave while the server cannot be reached', async () => {
  const { context, page, soon, send } = await goalForm();
  await soon.fill('Ik durf iets te vragen');
  await context.route('**/*', unreachable);
  await send.click();
  await says(page, /Niet verstuurd: geen verbinding\. Wat je typte staat er nog/);
  assert.equal(await soon.inputValue(), 'Ik durf iets te vragen');
  assert.equal((await stored(page)).length, 1);
  assert.ok(!(await stored(page)).join('').includes('durf'), 'sealed');
  await context.unroute('**/*', unreachable);
  await press(page, send);
  assert.equal(await goals(page, 'Ik durf iets te vragen'), 1);
  await nothingStored(page);
  await context.close();
});

test('what was lost on its way comes back into its form, and makes one goal', async () => {
  const { context, page, soon, send } = await goalForm();
  const where = page.url();
  await soon.fill('Ik ruim mijn la op');
  const cut = (route) => (route.request().method() === 'POST' ? unreachable(route) : route.continue());
  await context.route('**/*', cut);
  await Promise.all([page.waitForEvent('requestfailed'), send.click()]);
  await page.waitForURL((url) => url.protocol === 'chrome-error:').catch(() => {}); // the browser's own page
  await context.unroute('**/*', cut);
  await visit(page, where);
  await says(page, /staat weer in het formulier/);
  assert.equal(await soon.inputValue(), 'Ik ruim mijn la op');
  await press(page, send);
  assert.equal(await goals(page, 'Ik ruim mijn la op'), 1);
  await nothingStored(page);
  await context.close();
});

test('a session that ended: the form comes back filled for the same person, and for nobody else', async () => {
  const { people } = await school();
  const { context, page, soon, send } = await goalForm();
  const where = page.url();
  await soon.fill('Ik vertel over mijn tekening');
  await context.clearCookies();
  await send.click();
  await says(page, /Je bent niet meer aangemeld/);
  await page.locator('[data-waiting-enter] a').click();
  await page.waitForURL('**/aanmelden**');
  await signIn(page, people.farida, '/aanmelden');
  await visit(page, where);
  await page.waitForTimeout(500);
  assert.equal(await soon.inputValue(), '');
  await context.clearCookies();
  await signIn(page, people[TEACHER], '/aanmelden');
  await page.locator('#waiting li', { hasText: 'Ik vertel over mijn tekening' }).waitFor(); // on another page: to read
  await visit(page, where);
  await says(page, /staat weer in het formulier/);
  await press(page, send);
  assert.equal(await goals(page, 'Ik vertel over mijn tekening'), 1);
  await nothingStored(page);
  await context.close();
});
