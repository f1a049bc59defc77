// The browser stories: people at work in a real Chromium against `tautan demo`.
//
// A story is a file `tests/browser/<what_happens>.story.mjs` that exports
//
//   export const name = 'a buyer pays with QRIS and the seller hears of it';
//   export async function run({ browser, demo, expect, screenshot }) { … }
//
//   browser     Playwright's Browser; the story opens its own pages
//   demo        { url, dataDirectory, output() }: a demo of its own, started for this story on a free port;
//               none for a story that exports `needsDemo = false`. Where the story exports `movesTime = true`, the
//               demo also has advance('3d'): its clock stands so much further from then on
//   expect      see expectations.mjs
//   screenshot  await screenshot(page, 'paid') → target/screenshots/<story>-paid.png
//
// A story takes three minutes at most, or what it exports as `timeoutMs`.
// Nothing sleeps: wait for what a person would see, with Playwright's own waiting or expect.eventually.
// Usage: node tests/browser/run.mjs [part of a file name]
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { chromiumArguments, chromiumPath } from './chromium.mjs';
import { expect } from './expectations.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const storyTimeoutMs = 180_000;
const startTimeoutMs = 30_000;
const stopTimeoutMs = 15_000;

const screenshots = join(root, 'target/screenshots');
let failed = 0;
let passed = 0;

const wanted = process.argv[2] ?? '';
const files = readdirSync(join(root, 'tests/browser'))
  .filter((file) => file.endsWith('.story.mjs') && file.includes(wanted))
  .sort();
console.log(`${files.length} stories`);
if (files.length > 0) {
  mkdirSync(screenshots, { recursive: true });
  const { chromium } = loadPlaywright();
  for (const file of files) await tell(chromium, file);
}
console.log(`stories: ${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

/** Runs one story with a demo and a Chromium of its own. */
async function tell(chromium, file) {
  const begun = Date.now();
  const title = basename(file, '.story.mjs');
  let name = title;
  let demo;
  let browser;
  const faults = [];
  try {
    const story = await import(pathToFileURL(join(root, 'tests/browser', file)));
    name = story.name;
    if (story.needsDemo !== false) demo = await startDemo(story.movesTime ?? false);
    // Playwright gives every launch a profile of its own and removes it afterwards.
    browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArguments });
    const screenshot = (page, moment) => page.screenshot({ path: join(screenshots, `${title}-${moment}.png`), fullPage: true, animations: 'disabled' });
    await within(story.timeoutMs ?? storyTimeoutMs, 'the story', story.run({ browser, demo, expect, screenshot }));
  } catch (error) {
    faults.push(error.stack ?? String(error));
    await photographPages(browser, title);
  }
  await within(stopTimeoutMs, 'closing Chromium', browser?.close()).catch((error) => faults.push(String(error)));
  await demo?.stop().catch((error) => faults.push(String(error)));
  report(name, faults, demo, Date.now() - begun);
}

function report(name, faults, demo, elapsedMs) {
  if (faults.length === 0) {
    passed += 1;
    console.log(`ok      ${name} (${elapsedMs} ms)`);
    return;
  }
  failed += 1;
  console.log(`FAILED  ${name} (${elapsedMs} ms)`);
  for (const fault of faults) console.log(indented(fault));
  if (demo) console.log(indented(`the demo's last words:\n${demo.output().split('\n').slice(-40).join('\n')}`));
}

/** Starts `tautan demo` on a free port and waits until it names its address. */
async function startDemo(movesTime) {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'tautan-demo-'));
  const clockFile = join(dataDirectory, 'clock');
  if (movesTime) writeFileSync(clockFile, '+0\n');
  const program = process.env.TAUTAN_TEST_BINARY ?? join(root, 'target/debug/tautan');
  const child = spawn(program, ['demo', '--listen', '127.0.0.1:0', '--data-dir', dataDirectory], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(movesTime ? movingClock(clockFile) : {}) },
  });
  const demo = { dataDirectory, url: undefined, output: () => output };
  if (movesTime) demo.advance = (by) => writeFileSync(clockFile, `+${by}\n`);
  let output = '';
  let printed = '';
  const ended = new Promise((done) => {
    child.on('error', (error) => done(String(error)));
    child.on('exit', (code, signal) => done(code ?? signal));
  });
  const address = new Promise((found) => {
    child.stdout.on('data', (chunk) => {
      printed += chunk;
      // Only whole lines: half an address is also an address.
      const match = /https?:\/\/\S+/.exec(printed.slice(0, printed.lastIndexOf('\n') + 1));
      if (match) found(match[0].replace(/[.,;)]+$/, ''));
    });
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { output += chunk; });

  demo.stop = async () => {
    child.kill('SIGTERM');
    try {
      const how = await within(stopTimeoutMs, 'the demo, told to stop,', ended);
      if (how !== 0) throw new Error(`the demo ended with ${how}`);
    } finally {
      child.kill('SIGKILL');
      rmSync(dataDirectory, { recursive: true, force: true });
    }
  };
  try {
    const early = ended.then((how) => { throw new Error(`the demo ended with ${how} before it named its address`); });
    demo.url = await within(startTimeoutMs, 'starting the demo', Promise.race([address, early]));
  } catch (error) {
    await demo.stop().catch(() => {});
    throw new Error(`${error.message}\n${output}`);
  }
  return demo;
}

/** A clock that reads in this file how far ahead it is; what waits, waits as long as ever. */
function movingClock(clockFile) {
  const folders = readdirSync('/usr/lib').map((folder) => join('/usr/lib', folder, 'faketime/libfaketimeMT.so.1'));
  const library = folders.find((path) => existsSync(path));
  if (!library) throw new Error('libfaketime is not there: run tests/run once, it installs what is missing');
  return { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: clockFile, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' };
}

function loadPlaywright() {
  const peers = join(root, 'target/peers');
  try {
    return createRequire(join(peers, 'package.json'))('playwright-core');
  } catch {
    console.error('playwright-core is not there: run tests/run once, it installs the outside peers');
    process.exit(1);
  }
}

async function photographPages(browser, title) {
  const pages = browser?.contexts().flatMap((context) => context.pages()) ?? [];
  for (const [index, page] of pages.entries()) {
    await page.screenshot({ path: join(screenshots, `${title}-failed-${index + 1}.png`), fullPage: true }).catch(() => {});
  }
}

/** The promise, or an error when it takes longer. */
async function within(limitMs, what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function indented(text) {
  return text.replace(/^/gm, '        ');
}
