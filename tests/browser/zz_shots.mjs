import { openContext, openPage, signIn, visit, closeBrowser } from './lib/browser.mjs';
import { printBadges, press } from './lib/school.mjs';
const url = 'http://127.0.0.1:9761';
const who = (n) => ({ name: `${n}@regenboog.example`, password: 'vier blauwe vissen' });
const shot = async (page, name, w = 1280, h = 800, dark = false) => { await page.setViewportSize({ width: w, height: h }); await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' }); await page.screenshot({ path: `/tmp/shots/${name}.png`, fullPage: true }); };
const plan = async (page, place, method) => {
  await visit(page, '/');
  const pupil = (await page.locator('.classmap a.pupil').nth(place).getAttribute('href')).split('#')[0];
  await visit(page, `${pupil}/gesprek`);
  await page.selectOption('#f-method', method);
  await press(page, 'form[action*="/gesprek/"] button[type=submit]');
  return new URL(page.url()).pathname;
};
for (const [n, m, w] of [['sanne', 'k13', 8], ['marit', 'k11', 9]]) {
  const c = await openContext(url); const page = await openPage(c);
  await signIn(page, who(n));
  const talk = await plan(page, w, m);
  console.log(talk);
  await shot(page, `${m}-planned`);
  await press(page, 'form[action$="/begin"] button');
  await shot(page, `${m}-samen`); await shot(page, `${m}-samen-dark`, 768, 1024, true);
  await visit(page, `${talk}/invullen`);
  await shot(page, `${m}-form`); await shot(page, `${m}-form-dark`, 768, 1024, true);
  const name = await page.locator('.crumbs a').first().textContent();
  await visit(page, '/');
  const group = (await page.locator('a[href^="/groep/"]').first().getAttribute('href')).split('/').slice(0, 3).join('/');
  const badges = await printBadges(page, group);
  const badge = badges.find((b) => name.startsWith(b.name)) ?? badges[0];
  const k = await openContext(url, { width: 768, height: 1024, touch: true }); const child = await openPage(k);
  await child.goto(`${url}/pas#${badge.code}`); await child.waitForURL('**/ik');
  await visit(child, `/ik${talk}`);
  for (let i = 0; i < 12; i++) { await shot(child, `${m}-kid${i}`, 768, 1024, i % 2 == 1); if (i === 1) await shot(child, `${m}-kidwide`, 1280, 800); const next = child.locator('.kbtn--go.kbtn--round'); if (!await next.count()) break; await press(child, next); }
  await k.close(); await c.close();
}
await closeBrowser();
