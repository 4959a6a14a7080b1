// A conversation in the browser: planning one, and writing in its form.

import { visit } from './browser.mjs';
import { press } from './school.mjs';

// Plans with the pupil in that place of the list: the address of the conversation.
export async function plan(page, place, method) {
  await visit(page, '/');
  const pupil = (await page.locator('.classmap a.pupil').nth(place).getAttribute('href')).split('#')[0];
  await visit(page, `${pupil}/gesprek`);
  await page.selectOption('#f-method', method).catch(() => page.check(`input[name=method][value=${method}]`));
  await press(page, 'form[action*="/gesprek/"] button[type=submit]');
  if (!/^\/gesprek\/[0-9a-z]{13}$/.test(new URL(page.url()).pathname))
    await visit(page, await page.locator('a[href^="/gesprek/"]').first().getAttribute('href'));
  return new URL(page.url()).pathname;
}

export const kept = (form) => form.locator('.saved[data-state=saved]').waitFor();
export const part = (page, question, voice) => page.locator(`#p-${question}-${voice} form`);

export async function type(page, question, voice, text) {
  const form = part(page, question, voice);
  await form.locator('textarea').fill(text);
  await form.locator('textarea').blur();
  return form;
}
