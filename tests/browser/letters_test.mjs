// Inviting and preparing: letters by e-mail and on paper, a parent by link, the youngest by pictures, and paper
// that comes back by its code.

import assert from 'node:assert/strict';

import { openContext, openPage, problems, signIn, visit } from './lib/browser.mjs';
import { checkShown, DIAGONAL } from './lib/checks.mjs';
import { firstPictureCode, pageOf, press, printBadges, school, withPage } from './lib/school.mjs';
import { test } from './lib/tap.mjs';

// Group 1/2; talk_test has the first pupils of it.
const TEACHER = 'sanne';

async function places(page) {
  await visit(page, '/');
  const group = (await page.locator('a[href^="/groep/"]').first().getAttribute('href')).split('/').slice(0, 3).join('/');
  const pupils = await page.locator('.classmap a.pupil')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href').split('#')[0]));
  return { group, pupils };
}

// Plans with that pupil: the address of the conversation.
async function plan(page, pupil, method) {
  await visit(page, `${pupil}/gesprek`);
  await page.selectOption('#f-method', method);
  await page.fill('#f-place', 'de leeshoek');
  await press(page, 'form[action*="/gesprek/"] button[type=submit]');
  return new URL(page.url()).pathname;
}

// A link for the first who can have one, as it stands on the sheet.
async function linkOf(page, talk) {
  await visit(page, `${talk}/links`);
  const whom = await page.locator('#f-whom option').evaluateAll((options) => options.map((o) => o.value).filter(Boolean));
  await page.selectOption('#f-whom', whom[0]);
  await page.check('input[name=purpose][value=prepare]');
  await press(page, 'form[action$="/links"] button[type=submit]');
  return new URL((await page.locator('.break').textContent()).trim());
}

const kept = (form) => form.locator('.saved[data-state=saved]').waitFor();
const fieldOf = (page, question) => page.locator(`#q-${question} form`);

test('a teacher sees whom a letter goes to and how, sends, and prints all of them', () => withPage(TEACHER, {}, async (page) => {
  const { pupils } = await places(page);
  const talk = await plan(page, pupils[12], 'h3');
  await press(page, `a[href="${talk}/uitnodigen"]`);
  const lines = page.locator('.invitees > li');
  assert.ok(await lines.count() >= 3, 'leader, pupil and somebody at home');
  assert.match(await lines.nth(0).textContent(), /leidt het gesprek/);
  assert.equal(await lines.nth(0).locator('input').isChecked(), false); // one does not write to oneself
  assert.match(await lines.nth(2).textContent(), /E-mail met een link naar de brief|Er is geen e-mailadres bekend: op papier/);
  const response = await visit(page, `${talk}/uitnodigen`);
  await checkShown(page, response, 'invite', { pairs: DIAGONAL });
  await press(page, page.getByRole('button', { name: 'Verstuur de uitnodigingen' }));
  assert.match((await page.locator('[role=status]').allTextContents()).join(' '), /De uitnodigingen zijn de deur uit/);
  const state = await page.locator('.invitees .pill').allTextContents();
  assert.ok(state.some((text) => /uitgenodigd: vandaag om \d{1,2}\.\d{2}/.test(text)), state.join(' | '));
  for (const box of await page.locator('input[name=who]').all()) await box.check();
  const [pdf] = await Promise.all([page.waitForEvent('download'),
    page.getByRole('button', { name: 'Print hun brieven' }).click()]);
  assert.equal(pdf.suggestedFilename(), 'uitnodigingen.pdf');
  await checkShown(page, await visit(page, `${talk}/voorbereiden`), 'prepare staff', { pairs: DIAGONAL });
  assert.match(await page.textContent('.letter'), /Op .* heb je een startgesprek/);
}));

test('a round: everybody is invited, and all letters are one file', () => withPage(TEACHER, {}, async (page) => {
  const { group } = await places(page);
  await visit(page, `${group}/gesprekken`);
  await page.selectOption('#f-method', 'h3');
  await page.fill('#f-per_day', '8');
  const boxes = await page.locator('input[name=pupil]').all();
  for (const [i, box] of boxes.entries()) await box.setChecked(i >= boxes.length - 3);
  await press(page, 'form[action*="/ronde/"] button[type=submit]');
  const response = await press(page, 'a[href$="/uitnodigen"]');
  assert.equal(response.status(), 200);
  await press(page, page.getByRole('button', { name: 'Iedereen uitnodigen' }));
  assert.ok(await page.locator('.pill--info').count() > 0);
  await checkShown(page, await visit(page, new URL(page.url()).pathname), 'invite round', { pairs: DIAGONAL });
  const [pdf] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Alle brieven' }).click()]);
  assert.equal(pdf.suggestedFilename(), 'uitnodigingen.pdf');
}));

test('a parent comes by link, on a telephone and a tablet, and loses nothing', async () => {
  const { context, page } = await pageOf(TEACHER);
  const { pupils } = await places(page);
  const talk = await plan(page, pupils[13], 'h3');
  const link = await linkOf(page, talk);
  const { url } = await school();
  const enter = async (guest) => {
    await guest.goto(url + link.pathname + link.hash);
    await guest.waitForURL('**/thuis');
  };
  await withPage(null, { width: 768, height: 1024, touch: true }, async (guest) => {
    await checkShown(guest, await visit(guest, '/bezoek'), 'visit landing', { pairs: DIAGONAL });
    await guest.setViewportSize({ width: 768, height: 1024 });
    await enter(guest);
    await checkShown(guest, await visit(guest, '/thuis'), 'visit home', { pairs: DIAGONAL });
    await press(guest, 'a[href^="/thuis/gesprek/"]');
    const where = new URL(guest.url()).pathname;
    assert.match(await guest.textContent('.letter'), /Beste /);
    assert.doesNotMatch(await guest.textContent('main'), /[{}]/);
    await checkShown(guest, await visit(guest, where), 'visit prepare', { pairs: DIAGONAL });
    const form = fieldOf(guest, 'home-proud');
    await form.locator('textarea').fill('Dat ze nieuwe kinderen meteen helpt.');
    await form.locator('textarea').blur();
    await kept(form);
    // Somebody else at home, on a telephone with the same link, without script.
    await withPage(null, { js: false, width: 390, height: 844 }, async (other) => {
      await visit(other, '/bezoek');
      await other.fill('#f-code', link.hash.slice(1).toUpperCase());
      await press(other, '[data-fragment] button');
      await visit(other, where);
      assert.equal(await fieldOf(other, 'home-proud').locator('textarea').inputValue(), 'Dat ze nieuwe kinderen meteen helpt.');
      await fieldOf(other, 'home-helps').locator('textarea').fill('Even stil zitten samen.');
      await press(other, fieldOf(other, 'home-helps').getByRole('button', { name: 'Bewaar', exact: true }));
      assert.equal(new URL(other.url()).pathname, where);
      assert.equal(await fieldOf(other, 'home-helps').locator('textarea').inputValue(), 'Even stil zitten samen.');
    });
    // The first window was open all the time: what it types there is kept beside the other's, and told.
    const late = fieldOf(guest, 'home-helps');
    await late.locator('textarea').fill('Een stukje fietsen.');
    await late.locator('textarea').blur();
    await late.locator('[data-conflict]').waitFor();
    assert.match(await late.locator('[data-conflict]').textContent(), /Even stil zitten samen\./);
    assert.equal(await late.locator('textarea').inputValue(), 'Een stukje fietsen.');
    await visit(guest, where);
    await press(guest, guest.getByRole('button', { name: 'Ik ben klaar voor het gesprek' }));
    assert.equal(new URL(guest.url()).pathname, '/thuis');
    // The teacher reads it as the voice of home, before the conversation.
    await visit(page, talk);
    assert.match(await page.textContent('main'), /Wat ze thuis voorbereidden[^]*Dat ze nieuwe kinderen meteen helpt\./);
    // Stopped: what is typed now is not kept, and says so; the way in is closed.
    await visit(guest, where);
    await visit(page, `${talk}/links`);
    await press(page, 'form[action$="/weg"] button');
    const field = fieldOf(guest, 'home-wish');
    await field.locator('textarea').fill('Dat ze durft.');
    await field.locator('textarea').blur();
    await field.locator('.saved[data-state=failed]').waitFor();
    assert.equal(await field.locator('textarea').inputValue(), 'Dat ze durft.');
  });
  await withPage(null, {}, async (guest) => {
    await guest.goto(url + link.pathname + link.hash);
    await guest.locator('#e-code').waitFor();
    assert.match(await guest.textContent('#e-code'), /Deze link werkt niet meer/);
  });
  await context.close();
});

test('the youngest comes in by pictures on the device of the class, and the letter is the first page', async () => {
  const { url, people } = await school();
  const context = await openContext(url, { width: 768, height: 1024, touch: true });
  const page = await openPage(context);
  const tap = (target) => Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.locator(target).first().tap()]);
  await signIn(page, people[TEACHER]);
  const { group } = await places(page);
  const { pupil, pictures } = await firstPictureCode(page, group);
  const talk = await plan(page, `/leerling/${pupil}`, 'k13');
  await visit(page, `${group}/pasjes`);
  await tap('form[action$="/klas"] button');
  await tap(`a[href$="/${pupil}"]`);
  for (const picture of pictures) await tap(`button[value="${picture}"]`);
  assert.equal(new URL(page.url()).pathname, '/ik');
  await tap(`a[href="/ik${talk}"]`);
  assert.match(await page.textContent('.letter'), /Iemand leest dit aan jou voor\./);
  assert.equal(await page.locator('[data-say]').first().getAttribute('data-say').then((text) => text.includes('Alles mag je vertellen.')), true);
  await checkShown(page, await visit(page, `/ik${talk}`), 'ik letter', { pairs: DIAGONAL });
  await page.setViewportSize({ width: 768, height: 1024 });
  await tap('a.kbtn--go');
  assert.match(new URL(page.url()).search, /vraag=prep-drawing/);
  await tap('nav a[aria-label="Terug naar de brief"]');
  assert.equal(new URL(page.url()).search, '');
  await visit(page, `/ik${talk}?vraag=klaar`);
  await tap('button[name=may_read][value=no]');
  assert.equal(new URL(page.url()).pathname, '/ik');
  assert.deepEqual(await problems(page), []);
  await context.close();
});

test('paper that comes back: its code, the choice of the pupil, and typing in', () => withPage(TEACHER, {}, async (page) => {
  const { pupils } = await places(page);
  const talk = await plan(page, pupils[14], 'k13');
  await visit(page, '/');
  await press(page, 'a[href="/code"]');
  await checkShown(page, await visit(page, '/code'), 'paper code', { pairs: DIAGONAL });
  await withPage('marit', {}, async (other) => { // of another group: as if it were not there
    await visit(other, '/code');
    await other.fill('#f-code', talk.split('/').pop());
    await press(other, 'form[action="/code"] button');
    assert.match(await other.textContent('.errorsummary'), /Deze code leidt niet naar een gesprek van jou/);
  });
  const id = talk.split('/').pop();
  await page.fill('#f-code', `${id.slice(0, 4)} ${id.slice(4, 8)} ${id.slice(8)}`.toUpperCase());
  await press(page, 'form[action="/code"] button');
  assert.equal(new URL(page.url()).pathname, `${talk}/papier`);
  await checkShown(page, await visit(page, `${talk}/papier`), 'paper back', { pairs: DIAGONAL });
  await withPage(TEACHER, {}, (other) => // not before the pupil gives it
    visit(other, `${talk}/voorbereiden?als=leerling`, { status: 404 }));
  await visit(page, `${talk}/papier`);
  await press(page, 'button[value=voorbereiding]');
  await checkShown(page, await visit(page, `${talk}/voorbereiden?als=leerling`), 'paper typing', { pairs: DIAGONAL });
  await press(page, page.getByRole('button', { name: 'Alles is overgetypt' }));
  await visit(page, `${talk}/papier`);
  await press(page, 'button[value=gesprek]');
  assert.equal(new URL(page.url()).pathname, `${talk}/invullen`);
  const photo = page.locator('#q-paper-talk-1 form').first();
  await photo.locator('input[type=file]').setInputFiles({ name: 'blad.png', mimeType: 'image/png',
    buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') });
  await press(page, photo.getByRole('button', { name: 'Voeg toe' }));
  assert.equal(await page.locator('#q-paper-talk-2').count(), 1);
  assert.ok((await page.locator('#q-paper-talk-1 img').count()) > 0);
}));

test('a child with a badge finds the letter, and what is kept for the talk stays unread', () => withPage(TEACHER, {}, async (page) => {
  const { group, pupils } = await places(page);
  const talk = await plan(page, pupils[15], 'k13');
  await visit(page, talk);
  const name = (await page.textContent('h1')).split(' met ').pop();
  const badge = (await printBadges(page, group)).find((card) => card.name.startsWith(name));
  await withPage(null, { width: 768, height: 1024, js: false }, async (child) => {
    await visit(child, '/pas');
    await child.fill('#f-code', badge.code);
    await press(child, '[data-fragment] button');
    await press(child, `a[href="/ik${talk}"]`);
    assert.match(await child.textContent('.letter'), new RegExp(`Hoi ${name}`));
    await press(child, 'a.kbtn--go');
    await child.locator('textarea, input[type=text]').first().fill('mijn geheime vis');
    await press(child, '.kidask__nav button[type=submit]');
    await visit(child, `/ik${talk}?vraag=klaar`);
    assert.match(await child.textContent('main'), /mijn geheime vis/);
    await press(child, 'button[name=may_read][value=no]');
  });
  for (const where of ['', '/invullen', '/papier', '/delen', '/uitnodigen']) {
    await visit(page, talk + where);
    assert.doesNotMatch(await page.content(), /geheime vis/, where);
  }
}));
