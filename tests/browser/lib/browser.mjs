// Debian's Chromium, and pages in it that remember everything that went wrong on them.

import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

export const WIDTHS = [1280, 768, 320];
export const THEMES = ['light', 'dark', 'contrast'];
export const PAGE_BYTES_MAX = 150 * 1024; // sent over the line, without fonts
export const SCRIPT_BYTES_MAX = 40 * 1024;

const FLAGS = ['--headless=new', '--lang=nl-NL', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
let browser;

async function theBrowser() {
  const executablePath = ['/usr/bin/chromium', process.env.CHROMIUM].find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('no Chromium: install the package, or set CHROMIUM');
  browser ??= await chromium.launch({ executablePath, args: FLAGS, headless: true });
  return browser;
}

export async function closeBrowser() {
  await browser?.close();
  browser = undefined;
}

// What emulates each theme.
export const media = {
  light: { colorScheme: 'light', contrast: 'no-preference' },
  dark: { colorScheme: 'dark', contrast: 'no-preference' },
  contrast: { colorScheme: 'light', contrast: 'more' },
};

// The sizes of a page's responses, and what nobody wants to see on it.
function watch(page, origin) {
  const seen = { problems: [], bytes: 0, scriptBytes: 0 };
  const complain = (text) => { if (!seen.problems.includes(text)) seen.problems.push(text); };
  const pending = new Set();
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content Security Policy/i.test(message.text()))
      complain(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complain(`script: ${error.message}`));
  page.on('request', (request) => { // another page: its weight counts from here
    if (request.isNavigationRequest() && !request.frame().parentFrame()) seen.bytes = seen.scriptBytes = 0;
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    if (why !== 'net::ERR_ABORTED') complain(`request failed: ${request.url()} (${why})`);
  });
  // What another page weighs is its own; what a page asks for later, while it stands, is not its weight.
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) seen.bytes = seen.scriptBytes = 0;
  });
  page.on('requestfinished', (request) => {
    const measured = request.sizes().then(({ responseBodySize }) => {
      if (['font', 'fetch', 'eventsource'].includes(request.resourceType())) return;
      seen.bytes += responseBodySize;
      if (request.resourceType() === 'script') seen.scriptBytes += responseBodySize;
    }).catch(() => {}); // a page that is gone has no sizes
    pending.add(measured);
    measured.finally(() => pending.delete(measured));
  });
  seen.settled = () => Promise.all(pending);
  seen.refuse = (url) => complain(`external request: ${url}`);
  seen.origin = origin;
  return seen;
}

// A context (cookies of its own) that reaches `origin` and nothing else. Options: width, height,
// theme, js (false: without JavaScript), touch, locale.
export async function openContext(origin, { width = 1280, height = 900, theme = 'light', js = true, touch = false,
  locale = 'nl-NL', cookies = [] } = {}) {
  const context = await (await theBrowser()).newContext({
    viewport: { width, height }, javaScriptEnabled: js, locale, timezoneId: 'Europe/Amsterdam',
    reducedMotion: 'reduce', hasTouch: touch, ...media[theme],
  });
  if (cookies.length) await context.addCookies(cookies);
  await context.route((url) => url.origin !== origin && !/^(data|blob|about):/.test(url.protocol),
    (route) => {
      const page = route.request().frame()?.page();
      page?.weerklank?.refuse(route.request().url());
      return route.abort('blockedbyclient');
    });
  context.weerklankOrigin = origin;
  return context;
}

// A page that collects its problems in page.weerklank; problems(page) asks for them.
export async function openPage(context) {
  const page = await context.newPage();
  page.weerklank = watch(page, context.weerklankOrigin);
  return page;
}

// Goes there, waits until it is quiet, and starts counting bytes anew.
export async function visit(page, path, { status = 200 } = {}) {
  page.weerklank.bytes = 0;
  page.weerklank.scriptBytes = 0;
  const response = await page.goto(new URL(path, page.weerklank.origin).href, { waitUntil: 'load' });
  await page.weerklank.settled();
  if (response.status() !== status) throw new Error(`${path} answered ${response.status()}, not ${status}`);
  return response;
}

// Everything that went wrong since the page was opened, as texts.
export async function problems(page) {
  const seen = page.weerklank;
  await seen.settled();
  const found = [...seen.problems];
  if (seen.bytes > PAGE_BYTES_MAX) found.push(`the page weighs ${seen.bytes} bytes without fonts`);
  if (seen.scriptBytes > SCRIPT_BYTES_MAX) found.push(`its scripts weigh ${seen.scriptBytes} bytes`);
  return found;
}

// Signs a person of the demo in by the page's own form, whatever its fields are called: a name is
// typed where autocomplete says username, a password where one is asked.
export async function signIn(page, person, path = '/') {
  await visit(page, path);
  await page.locator('input[autocomplete~="username"]').fill(person.name);
  const password = page.locator('input[type="password"]');
  await password.fill(person.password);
  await Promise.all([
    page.waitForNavigation({ waitUntil: 'load' }),
    password.press('Enter'),
  ]);
  if (await page.locator('input[type="password"]').count()) throw new Error(`${person.name} could not sign in`);
}
