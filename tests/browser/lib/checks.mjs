// What every page must pass: valid HTML, no accessibility violation in any theme at any width, no
// sideways scrolling, no problem of lib/browser.mjs. Takes a picture of each on the way.

import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { HtmlValidate } from 'html-validate';

import { THEMES, WIDTHS, media, openContext, openPage, problems, visit } from './browser.mjs';

const screens = fileURLToPath(new URL('../../../build-asan/screens', import.meta.url));
const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:standard', 'html-validate:a11y'],
  rules: { 'no-inline-style': 'error', 'no-trailing-whitespace': 'off' },
});

// Violations of the HTML standard, as texts.
export async function htmlProblems(html) {
  const report = await validator.validateString(html);
  return report.results.flatMap((result) => result.messages)
    .map((message) => `html ${message.line}:${message.column} ${message.message} (${message.ruleId})`);
}

// Violations found by axe on the page as it stands, as texts. Runs past the page's CSP, which is not
// about us.
export async function axeProblems(page) {
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
  }));
  return violations.map((violation) => `axe ${violation.id}: ${violation.help}; ${
    violation.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')}`);
}

export async function sidewaysProblems(page) {
  const [wide, has] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  return wide > has ? [`it scrolls sideways: ${wide} px in ${has}`] : [];
}

function fileName(path, theme, width) {
  return `${path.replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, '') || 'start'}-${theme}-${width}.png`;
}

// Every theme with every width; and each of them once, for a page that is built like others.
export const MATRIX = WIDTHS.flatMap((width) => THEMES.map((theme) => [theme, width]));
export const DIAGONAL = WIDTHS.map((width, at) => [THEMES[at], width]);

// Checks what a page shows now, in these [theme, width] pairs. `response` is what it came with;
// `name` names the pictures. Throws with everything that is wrong.
export async function checkShown(page, response, name, { themes = THEMES, widths = WIDTHS,
  pairs = MATRIX.filter(([theme, width]) => themes.includes(theme) && widths.includes(width)) } = {}) {
  const found = new Set(await htmlProblems(await response.text()));
  const failedOnPurpose = response.status() >= 400;
  await mkdir(screens, { recursive: true });
  for (const [theme, width] of pairs) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia(media[theme]);
    const where = `${theme} ${width}: `;
    for (const text of await sidewaysProblems(page)) found.add(where + text);
    for (const text of await axeProblems(page)) found.add(where + text);
    await page.screenshot({ path: join(screens, fileName(name, theme, width)), fullPage: true });
  }
  for (const text of await problems(page))
    if (!failedOnPurpose || !text.includes('Failed to load resource')) found.add(text);
  if (found.size) throw new Error(`${name}\n${[...found].join('\n')}`);
}

// A picture of the page as it stands, among those of the other tests.
export async function picture(page, name) {
  await mkdir(screens, { recursive: true });
  await page.screenshot({ path: join(screens, `${name.replaceAll(' ', '-')}.png`), fullPage: true });
}

// Opens a page and checks it. `cookies` are those of somebody signed in (context.cookies()).
export async function checkPage(origin, path, { cookies = [], status = 200, ...matrix } = {}) {
  const context = await openContext(origin, { cookies });
  try {
    const page = await openPage(context);
    const response = await visit(page, path, { status });
    await checkShown(page, response, matrix.name ?? path, matrix);
  } finally {
    await context.close();
  }
}
