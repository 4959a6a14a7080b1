// What every page must pass: valid HTML, no accessibility violation in any theme at any width, no
// sideways scrolling, no problem of lib/browser.mjs. Takes a picture of each on the way.

import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { HtmlValidate } from 'html-validate';

import { THEMES, WIDTHS, openContext, openPage, problems, visit } from './browser.mjs';

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
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
  }));
  return violations.map((violation) => `axe ${violation.id}: ${violation.help}; ${
    violation.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')}`);
}

async function sidewaysProblems(page) {
  const [wide, has] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  return wide > has ? [`it scrolls sideways: ${wide} px in ${has}`] : [];
}

function fileName(path, theme, width) {
  return `${path.replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, '') || 'start'}-${theme}-${width}.png`;
}

// Checks one page in the matrix of themes and widths. `cookies` are those of somebody signed in
// (context.cookies()). Throws with everything that is wrong.
export async function checkPage(origin, path, { cookies = [], themes = THEMES, widths = WIDTHS,
  status = 200 } = {}) {
  const found = new Set();
  await mkdir(screens, { recursive: true });
  for (const theme of themes) {
    for (const width of widths) {
      const context = await openContext(origin, { theme, width, cookies });
      try {
        const page = await openPage(context);
        const response = await visit(page, path, { status });
        const where = `${theme} ${width}: `;
        if (theme === themes[0] && width === widths[0])
          for (const text of await htmlProblems(await response.text())) found.add(text);
        for (const text of await sidewaysProblems(page)) found.add(where + text);
        for (const text of await axeProblems(page)) found.add(where + text);
        for (const text of await problems(page))
          if (status < 400 || !text.includes('Failed to load resource')) found.add(where + text);
        await page.screenshot({ path: join(screens, fileName(path, theme, width)), fullPage: true });
      } finally {
        await context.close();
      }
    }
  }
  if (found.size) throw new Error(`${path}\n${[...found].join('\n')}`);
}
