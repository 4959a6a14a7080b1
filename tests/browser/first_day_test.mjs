// The first day of a school, from `init` to a backup, as README tells it: the administrator signs in with two steps,
// reads a roster in, gives a colleague a group; the colleague chooses a password, signs in, and notes in ten
// seconds what she saw. It stands on the pupil's time line, and nowhere in the open. On both engines.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { openContext, openPage, visit } from './lib/browser.mjs';
import { hasServer, startProgram } from './lib/program.mjs';
import { press } from './lib/school.mjs';
import { skip, test } from './lib/tap.mjs';

const PASSWORD = 'een lange blauwe fiets';
const SAW = 'je rustig wachtte tot Noor had uitgesproken';
const roster = (year) => `<?xml version="1.0" encoding="UTF-8"?>
<EDEX><school><schooljaar>${year}-${year + 1}</schooljaar><brincode>99ZZ</brincode><dependancecode>00</dependancecode>
<schoolkey>1</schoolkey><aanmaakdatum>${year}-11-20T08:00:00</aanmaakdatum><auteur>test</auteur><xsdversie>2.1</xsdversie></school>
<groepen><groep key="g7"><naam>Groep 7</naam><jaargroep>7</jaargroep></groep></groepen>
<leerlingen>
<leerling key="p1"><achternaam>Ketelaar</achternaam><roepnaam>Zwaantje</roepnaam><geboortedatum>${year - 10}-03-04</geboortedatum>
<geslacht>2</geslacht><jaargroep>7</jaargroep><groep key="g7"/></leerling>
<leerling key="p2"><achternaam>Yilmaz</achternaam><roepnaam>Noor</roepnaam><geboortedatum>${year - 10}-05-06</geboortedatum>
<geslacht>2</geslacht><jaargroep>7</jaargroep><groep key="g7"/></leerling>
</leerlingen>
<leerkrachten><leerkracht key="t1"><achternaam>Vis</achternaam><roepnaam>Mirjam</roepnaam><emailadres>mirjam@school.example</emailadres>
<groepen><groep key="g7"/></groepen></leerkracht></leerkrachten></EDEX>`;

// RFC 6238 with the usual six digits and thirty seconds.
function totp(secret, at = Date.now()) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const letter of secret.replace(/[\s=]/g, '')) bits += letters.indexOf(letter).toString(2).padStart(5, '0');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function signInTheFirstTime(page, email) {
  await visit(page, '/aanmelden');
  await page.fill('input[name=email]', email);
  await page.fill('input[name=password]', PASSWORD);
  await press(page, 'main button[type=submit]');
  await page.fill('input[name=code]', totp(await page.textContent('.codes code')));
  await press(page, 'main button[type=submit]');
  assert.ok(await page.locator('ul.codes li').count() >= 8, 'recovery codes are shown');
  await press(page, 'main a.btn--primary'); // and that is all: she is in
}

async function readTheRosterIn(page, year) {
  await visit(page, '/school/inlezen');
  await page.setInputFiles('input[type=file]', { name: 'edex.xml', mimeType: 'text/xml', buffer: Buffer.from(roster(year)) });
  await press(page, 'form[enctype] button');
  assert.match(await page.textContent('.diff'), /Zwaantje Ketelaar/);
  await press(page, 'form:has(input[name=plan]) button');
}

// Gives Mirjam the group and answers her link.
async function giveTheGroup(page) {
  await visit(page, '/school/medewerkers');
  await press(page, page.getByRole('link', { name: /Mirjam Vis/ }));
  await page.getByRole('radio', { name: 'Leerkracht' }).check();
  await page.getByLabel('Groep', { exact: false }).selectOption({ label: 'Groep 7' });
  await press(page, page.getByRole('button', { name: 'Geef de functie' }));
  await press(page, page.getByRole('button', { name: 'Nodig uit' }));
  return new URL((await page.textContent('#link')).trim());
}

async function noteInTenSeconds(page) {
  const pupil = page.locator('.member, li', { has: page.locator('a.pupil', { hasText: 'Zwaantje' }) }).last();
  await pupil.locator('summary').click();
  await pupil.getByRole('radio').first().check();
  const box = pupil.locator('textarea').first();
  await box.fill(SAW);
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), box.press('Control+Enter')]);
  await press(page, page.locator('a.pupil', { hasText: 'Zwaantje' }));
  assert.match(await page.textContent('.timeline'), new RegExp(SAW));
}

async function nothingStandsOpen(folder) {
  for (const file of await readdir(folder, { withFileTypes: true })) {
    if (!file.isFile()) continue;
    const bytes = await readFile(join(folder, file.name));
    for (const word of [SAW, 'Zwaantje', 'Ketelaar'])
      assert.equal(bytes.includes(word), false, `${word} can be read in ${file.name}`);
  }
}

function theFirstDay(engine) {
  return async () => {
    const init = { password: PASSWORD, options: ['--school', 'De Brug', '--name', 'Ilse', '--email', 'ilse@school.example'] };
    const run = await startProgram({ demo: false, engine, init });
    const year = new Date().getMonth() < 7 ? new Date().getFullYear() - 1 : new Date().getFullYear();
    try {
      const ilse = await openPage(await openContext(run.url));
      await signInTheFirstTime(ilse, 'ilse@school.example');
      await readTheRosterIn(ilse, year);
      const link = await giveTheGroup(ilse);
      const mirjam = await openPage(await openContext(run.url));
      await visit(mirjam, link.pathname + link.search + link.hash);
      await mirjam.fill('input[name=password]', PASSWORD);
      await press(mirjam, 'main button[type=submit]');
      await signInTheFirstTime(mirjam, 'mirjam@school.example');
      assert.match(await mirjam.textContent('main'), /Groep 7/);
      await noteInTenSeconds(mirjam);

      const kept = join(run.state, 'brug.backup');
      await run.command('backup', [kept]);
      assert.match(await run.command('audit', ['verify']), /./);
      await nothingStandsOpen(run.state);
      assert.doesNotMatch(run.log(), new RegExp(`${SAW}|Zwaantje|mirjam@`));
    } finally {
      await run.stop();
    }
  };
}

test('the first day of a school, from init to a backup', theFirstDay('sqlite'), { limit: 180_000 });
if (hasServer()) test('the first day of a school, on PostgreSQL', theFirstDay('postgresql'), { limit: 180_000 });
else skip('the first day of a school, on PostgreSQL', 'WEERKLANK_TEST_PG is not set');
