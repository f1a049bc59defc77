// What Lighthouse says of the pages as they are served: accessibility and best practices are whole, speed is printed.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { chromiumArguments, chromiumPath } from './chromium.mjs';
import { Customer } from './customer.mjs';
import { TelegramPhone } from './telegram_phone.mjs';

export const name = 'Lighthouse finds nothing to better in accessibility and practice';

const peers = createRequire(fileURLToPath(new URL('../../target/peers/package.json', import.meta.url)));
const whole = ['accessibility', 'best-practices'];

export async function run({ browser, demo, expect, screenshot }) {
  const { default: lighthouse } = await import(pathToFileURL(peers.resolve('lighthouse')).href);
  const pages = await thePages({ browser, demo, screenshot });
  const chromium = await startChromium();
  const faults = [];
  try {
    for (const [kind, address] of Object.entries(pages)) {
      const { lhr } = await lighthouse(address, {
        port: chromium.port,
        onlyCategories: [...whole, 'performance'],
        logLevel: 'error',
        // The page follows its order, so its network is never quiet.
        maxWaitForLoad: 8_000,
        extraHeaders: { 'X-Forwarded-For': '198.51.100.254' },
      });
      const score = (category) => Math.round((lhr.categories[category].score ?? 0) * 100);
      const figure = (audit) => lhr.audits[audit]?.displayValue?.replace(/\s/g, ' ') ?? '?';
      console.log(`        ${kind}: ${[...whole, 'performance'].map((one) => `${one} ${score(one)}`).join(', ')}; first paint ${figure('first-contentful-paint')}, largest ${figure('largest-contentful-paint')}, shift ${figure('cumulative-layout-shift')}, blocked ${figure('total-blocking-time')}, ${figure('total-byte-weight')}`);
      for (const category of whole.filter((one) => score(one) !== 100)) faults.push(`${kind}: ${category} ${score(category)}: ${missed(lhr, category)}`);
      if (lhr.runtimeError) faults.push(`${kind}: ${lhr.runtimeError.message}`);
    }
  } finally {
    await chromium.stop();
  }
  expect.equal(faults, [], 'nothing is to be bettered');
}

/** A link, an order that waits for its money, one that is paid, and its receipt. */
async function thePages({ browser, demo, screenshot }) {
  const seller = await TelegramPhone.of(demo, { id: 9404, name: 'Sari' });
  const link = await seller.makes('kaos hitam 150rb 3d');
  const budi = await Customer.of({ browser, screenshot });
  await budi.orders(link, /^BCA/);
  const order = budi.page.url();
  const citra = await Customer.of({ browser, screenshot });
  await citra.orders(link, /^QRIS/);
  const scanned = citra.page.url();
  await citra.pays();
  await citra.waitsFor('Lunas. Terima kasih!');
  const receipt = await citra.page.getByRole('link', { name: /bukti/i }).getAttribute('href');
  const pages = { link: link.href, order, paid: scanned, receipt: new URL(receipt, scanned).href };
  await Promise.all([budi.leaves(), citra.leaves()]);
  seller.close();
  return pages;
}

function missed(lhr, category) {
  return lhr.categories[category].auditRefs
    .filter((ref) => ref.weight > 0 && lhr.audits[ref.id].score !== null && lhr.audits[ref.id].score < 1)
    .map((ref) => `${ref.id} ${JSON.stringify(lhr.audits[ref.id].details?.items ?? []).slice(0, 300)}`).join('; ');
}

/** A Chromium of Lighthouse's own, on a port that it chose itself. */
async function startChromium() {
  const profile = mkdtempSync(join(tmpdir(), 'tautan-lighthouse-'));
  const child = spawn(chromiumPath(), [...chromiumArguments, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((done) => child.on('exit', done));
  const port = await new Promise((found, failed) => {
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
      const match = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(said);
      if (match) found(Number(match[1]));
    });
    ended.then(() => failed(new Error(`Chromium ended:\n${said}`)));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { port, stop };
}
