// A goal, the way to it, and what belongs to it: set by the teacher, with and without JavaScript.

import assert from 'node:assert/strict';

import { problems, visit } from './lib/browser.mjs';
import { checkPage } from './lib/checks.mjs';
import { cookiesOf, placesOf, press, school, withPage } from './lib/school.mjs';
import { test } from './lib/tap.mjs';

// Opens the fold of this section, fills its form, and keeps it.
async function add(page, section, values, chosen = []) {
  const fold = page.locator(`section[aria-labelledby="hs-${section}"] > details`);
  await fold.locator('> summary').click();
  for (const [name, text] of Object.entries(values)) await fold.locator(`[name="${name}"]`).fill(text);
  for (const target of chosen) await fold.locator(target).first().click();
  await press(page, fold.locator('> form button[type=submit]'));
}

for (const js of [true, false])
  test(`a goal gets dated steps, and what helps is tied to it${js ? '' : ', without JavaScript'}`, async () => {
    const { pupil } = await placesOf('marit');
    await withPage('marit', { js, width: 768, height: 1024 }, async (page) => {
      const soon = `Ik lees elke week een half boek${js ? '' : ' thuis'}`;
      await visit(page, `${pupil}/doelen`);
      await add(page, 'goal', { soon, dot: 'Een heel dik boek lezen' });
      const goal = await page.locator('.thing__title a', { hasText: soon }).first().getAttribute('href');
      await visit(page, goal);
      const step = page.locator('details', { has: page.locator('[id^="st-"]') });
      await step.locator('summary').click();
      await step.locator('[id^="st-"]').fill('Een boek kiezen met een maatje');
      await press(page, step.locator('button[type=submit]'));
      assert.match(await page.getAttribute('.road__art', 'aria-label'), /0 van 1 stappen gedaan/);
      await press(page, '.thing__ev form button');
      assert.match(await page.getAttribute('.road__art', 'aria-label'), /1 van 1 stappen gedaan/);

      await visit(page, `${pupil}/doelen`);
      const need = page.locator('section[aria-labelledby="hs-need"] > details');
      await need.locator('> summary').click();
      await need.locator('[name=what]').fill('Iemand die ook leest');
      await need.locator('.chip', { has: page.locator('[value=peers]') }).click();
      await need.locator('select[name=goal]').selectOption({ label: soon });
      await press(page, need.locator('> form button[type=submit]'));
      await visit(page, goal);
      assert.match(await page.textContent('section[aria-labelledby="h-belongs"]'), /Iemand die ook leest/);
      // Who comes from the list to show that it works finds that form open.
      await visit(page, `${pupil}/doelen`);
      await page.locator(`a[href^="${goal}#bewijs-"]`).click();
      await page.waitForURL('**#bewijs-*');
      assert.equal(await page.locator('details[id^="bewijs-"] input[type=file]').first().isVisible(), js);
      assert.deepEqual(await problems(page), []);
      await checkPage((await school()).url, goal, { cookies: await cookiesOf('marit') });
    });
  });
