// Every state of links, orders and receipts, as the unit tests of src/web drew it into target/pages (or into the folder
// TAUTAN_TEST_PAGES), in both languages: judged in both colour schemes and at two widths, and photographed into target/screenshots/drawn.
//
// DRAWN=link-busy looks only at what has this in its name.
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { drawSheets } from './contact_sheets.mjs';
import { axeFindings, buildFaults, watches, widths } from './page_checks.mjs';

export const name = 'every drawn state is right for everybody, in both languages, both colour schemes and at every width';
export const needsDemo = false;
export const timeoutMs = 400_000;

const folder = process.env.TAUTAN_TEST_PAGES ?? fileURLToPath(new URL('../../target/pages', import.meta.url));
const pictures = fileURLToPath(new URL('../../target/screenshots/drawn', import.meta.url));
const tabs = 3;
const pieces = 8;

/** The dark page is the light one with other colours, so what it is judged by there are the rules about colours. */
const schemes = { light: undefined, dark: ['color-contrast', 'link-in-text-block'] };

export async function run({ browser, expect }) {
  const files = readdirSync(folder).filter((file) => file.endsWith('.html') && file.includes(process.env.DRAWN ?? '')).sort();
  expect.that(files.length > 0, 'the unit tests of src/web have drawn pages into target/pages');
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  const server = await serve();
  const faults = [];
  const waiting = [...files];
  try {
    await Promise.all(Array.from({ length: tabs }, async () => {
      const context = await browser.newContext({ viewport: widths.phone, locale: 'id-ID' });
      const complaints = await watches(context);
      const page = await context.newPage();
      for (let file = waiting.shift(); file; file = waiting.shift()) {
        await page.goto(`${server.url}/drawn/${file}`);
        for (const fault of [...await judged(page, file), ...complaints.splice(0)]) faults.push(`${file}: ${fault}`);
      }
      await context.close();
    }));
    await drawSheets(browser, pictures);
  } finally {
    server.close();
  }
  console.log(`        ${files.length} drawn pages in two colour schemes`);
  expect.equal(faults, [], 'every state is right');
}

/** What is wrong with the open page, in light, in dark and on a desktop. */
async function judged(page, file) {
  const found = [];
  const photographs = (what) => page.screenshot({ path: join(pictures, `${file.replace('.html', '')}.${what}.jpg`), fullPage: true, animations: 'disabled', type: 'jpeg', quality: 80 });
  await page.setViewportSize(widths.phone);
  for (const [colorScheme, rules] of Object.entries(schemes)) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await axeFindings(page, rules)).map((fault) => `${colorScheme}: ${fault}`));
    await photographs(colorScheme);
  }
  found.push(...await buildFaults(page));
  await page.setViewportSize(widths.desktop);
  found.push(...await buildFaults(page));
  return [...new Set(found)];
}

/** Serves the drawn pages under the policy that the program gives them, and a picture wherever they show one. */
async function serve() {
  const shown = new Map();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (shown.has(pathname)) {
      response.writeHead(200, { 'Content-Type': 'image/svg+xml' });
      response.end(shown.get(pathname));
      return;
    }
    if (!pathname.startsWith('/drawn/')) {
      response.writeHead(204);
      response.end();
      return;
    }
    const html = readFileSync(join(folder, pathname.slice('/drawn/'.length)), 'utf8');
    for (const [tag] of html.matchAll(/<img [^>]+>/g)) {
      const [source, width, height] = ['src', 'width', 'height'].map((key) => new RegExp(` ${key}="([^"]+)"`).exec(tag)?.[1]);
      shown.set(new URL(source, 'http://localhost').pathname, aPicture(width ?? 600, height ?? 600));
    }
    const nonce = /nonce="([^"]+)"/.exec(html)?.[1] ?? 'none';
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    });
    sendInPieces(response, html).catch(() => response.destroy());
  });
  await new Promise((listens) => server.listen(0, '127.0.0.1', listens));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => { server.closeAllConnections(); server.close(); } };
}

/** A bad line hands a page over piece by piece, and a browser may paint between any two of them: what is painted must not move when the rest comes. */
async function sendInPieces(response, html) {
  const size = Math.ceil(html.length / pieces);
  for (let at = 0; at < html.length; at += size) {
    response.write(html.slice(at, at + size));
    await pause(20);
  }
  response.end();
}

function aPicture(width, height) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#b9835a"/><circle cx="50%" cy="50%" r="30%" fill="#2b4a6f"/></svg>`;
}
