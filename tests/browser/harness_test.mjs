// The library against small pages of our own: a good one passes, and everything it claims to find
// it finds.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';

import { openContext, openPage, problems, signIn, visit } from './lib/browser.mjs';
import { checkPage, htmlProblems } from './lib/checks.mjs';
import { test } from './lib/tap.mjs';

const CSP = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

function page(body, head = '') {
  return `<!DOCTYPE html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Proef</title>
<link rel="icon" href="/icon.svg">
${head}
</head>
<body>
<main>
<h1>Proef</h1>
${body}
</main>
</body>
</html>
`;
}

const form = `<form method="post" action="/sign-in">
<label for="n">Naam</label> <input id="n" name="n" autocomplete="username">
<label for="p">Wachtwoord</label> <input id="p" name="p" type="password" autocomplete="current-password">
<button type="submit">Inloggen</button>
</form>`;

const themed = '<link rel="stylesheet" href="/themed.css">';
const pages = {
  '/good': page('<p>Alles klopt.</p>', '<link rel="stylesheet" href="/good.css">'),
  '/invalid': page('<p>Een <div>blok</div> in een alinea</p>'),
  '/no-alternative': page('<p><img src="/icon.svg"></p>'),
  '/dark-grey': page('<p>Alleen in het donker slecht te lezen.</p>', themed),
  '/wide': page('<p class="wide">breed</p>', '<link rel="stylesheet" href="/wide.css">'),
  '/console': page('<p>x</p>', '<script src="/error.js"></script>'),
  '/throws': page('<p>x</p>', '<script src="/throw.js"></script>'),
  '/inline': page('<p>x</p>', '<script>document.title = "inline";</script>'),
  '/external': page('<p><img src="http://example.org/pixel.png" alt="elders"></p>'),
  '/missing': page('<p><img src="/nowhere.png" alt="weg"></p>'),
  '/heavy': page(`<p>${'zwaar '.repeat(30_000)}</p>`),
  '/heavy-script': page('<p>x</p>', '<script src="/heavy.js"></script>'),
  '/script': page('<p id="said">zonder</p>', '<script src="/says.js" defer></script>'),
  '/sign-in': page(form),
};
const files = {
  '/good.css': ['text/css', 'body { color: #111; background: #fff }'],
  '/themed.css': ['text/css', `body { color: #111; background: #fff }
    @media (prefers-color-scheme: dark) { body { color: #555; background: #444 } }`],
  '/wide.css': ['text/css', '.wide { width: 500px }'],
  '/error.js': ['text/javascript', 'console.error("stuk");'],
  '/throw.js': ['text/javascript', 'throw new Error("gegooid");'],
  '/heavy.js': ['text/javascript', `// ${'x'.repeat(50_000)}`],
  '/says.js': ['text/javascript', 'document.getElementById("said").textContent = "met";'],
  '/icon.svg': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'],
};

function answer(request, response) {
  const path = request.url;
  if (request.method === 'POST') {
    let body = '';
    request.on('data', (data) => { body += data; });
    request.on('end', () => {
      const right = new URLSearchParams(body).get('p') === 'goed';
      response.writeHead(303, right ? { location: '/good', 'set-cookie': 'who=1' } : { location: '/sign-in' }).end();
    });
  } else if (pages[path]) {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': CSP });
    response.end(pages[path]);
  } else {
    const [type, text] = files[path] ?? ['text/plain', 'not here'];
    response.writeHead(files[path] ? 200 : 404, { 'content-type': type }).end(text);
  }
}

async function withServer(body) {
  const server = createServer(answer);
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  try {
    await body(`http://127.0.0.1:${server.address().port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

test('a page that does everything right passes in all themes and widths', () => withServer(
  (origin) => checkPage(origin, '/good'),
));

const once = { themes: ['light'], widths: [1280] };
for (const [path, pattern, options = once] of [
  ['/invalid', /html \d+:\d+ Stray end tag/],
  ['/no-alternative', /axe image-alt/],
  ['/dark-grey', /^dark 768: axe color-contrast/m, { widths: [768] }],
  ['/wide', /^light 320: it scrolls sideways: 5\d\d px in 320/m, { themes: ['light'] }],
  ['/console', /console: stuk/],
  ['/throws', /script: gegooid/],
  ['/inline', /Content Security Policy/],
  ['/external', /external request: http:\/\/example\.org|Content Security Policy/],
  ['/missing', /console: Failed to load resource/],
  ['/heavy', /the page weighs 180\d\d\d bytes/],
  ['/heavy-script', /its scripts weigh 500\d\d bytes/],
]) {
  test(`${path} is refused`, () => withServer(
    (origin) => assert.rejects(checkPage(origin, path, options), { message: pattern }),
  ));
}

test('a theme that is right is not blamed for one that is wrong', () => withServer(
  (origin) => checkPage(origin, '/dark-grey', { themes: ['light'], widths: [768] }),
));

test('a request to elsewhere is stopped also where the page would allow it', () => withServer(async (origin) => {
  const context = await openContext(origin);
  const tab = await openPage(context);
  await visit(tab, '/good');
  await tab.evaluate(() => fetch('http://example.org/', { mode: 'no-cors' }).catch(() => {}));
  assert.match((await problems(tab)).join('\n'), /example\.org/);
  await context.close();
}));

test('without JavaScript nothing runs', () => withServer(async (origin) => {
  for (const [js, text] of [[true, 'met'], [false, 'zonder']]) {
    const context = await openContext(origin, { js });
    const tab = await openPage(context);
    await visit(tab, '/script');
    assert.equal(await tab.locator('#said').textContent(), text);
    await context.close();
  }
}));

test('people are signed in by the form, and told when they are not', () => withServer(async (origin) => {
  const context = await openContext(origin);
  const tab = await openPage(context);
  await assert.rejects(signIn(tab, { name: 'juf', password: 'fout' }, '/sign-in'), /could not sign in/);
  await signIn(tab, { name: 'juf', password: 'goed' }, '/sign-in');
  assert.equal((await context.cookies()).length, 1);
  await context.close();
}));

test('a page of another status is refused', () => withServer(
  (origin) => assert.rejects(checkPage(origin, '/nowhere', once), /answered 404, not 200/),
));

test('html-validate reads our HTML without a complaint', async () => {
  assert.deepEqual(await htmlProblems(pages['/good']), []);
});
