// T26: five hundred payloads through every field that somebody else fills in. No dialog opens, the policy has nothing to
// refuse, nothing of them becomes part of a page, and each can be read as what was typed.
//
// A seller's item, message, customer and store; a customer's name, number, address and amount, refused and taken; what an
// address says. The customer's orders are placed without a browser, and every page they lead to is opened in one.
import { watches, widths } from './page_checks.mjs';
import { marks, payloads } from './payloads.mjs';
import { TelegramPhone } from './telegram_phone.mjs';

export const name = 'five hundred payloads through every field open no dialog and meet no policy';
export const timeoutMs = 400_000;

const tabs = 2;
/** One of so many payloads names a store and a customer who orders and pays: each with TAUTAN_TORTURE=full. */
const oneOf = process.env.TAUTAN_TORTURE === 'full' ? 1 : 7;
const storeNameMax = 50;
/** One network may send forty forms at once. */
const perNetwork = 36;

export async function run({ browser, demo, expect }) {
  const faults = [];
  const context = await browser.newContext({ viewport: widths.phone, locale: 'id-ID' });
  const seen = await watches(context);
  const [shop, ownAmounts] = await Promise.all([
    makesAll(demo, { id: 9501, name: 'S<img src=x onerror=alert(501)>' }, 'nama,harga,pesan', (text) => [text, '75rb', text]),
    makesAll(demo, { id: 9502, name: '"><svg onload=alert(502)>' }, 'nama,harga,pembeli,wa', (text) => [text, 'mulai 50rb', asOneName(text), '081234567890']),
  ]);
  const numbers = payloads.map((_, number) => number);
  const ofSome = (step) => side(numbers, (number) => (number % oneOf === 0 ? step(number) : undefined));
  const stores = await ofSome((number) => linkOfStore(demo, number));
  const forms = await ofSome((number) => formOf(shop[number], number));
  const orders = await ofSome((number) => paidOrder(forms[number], number));
  const rows = numbers.map((number) => rowOf(number, { link: shop[number], own: ownAmounts[number], store: stores[number], order: orders[number] }));
  const parts = Array.from({ length: Math.ceil(rows.length / perNetwork) }, (_, part) => rows.slice(part * perNetwork, (part + 1) * perNetwork));
  await side(parts, async (part) => faults.push(...await readsAll(context, demo, part)), tabs);
  expect.equal(seen, [], 'no dialog, and no complaint in the console');
  expect.equal(faults.slice(0, 20), [], `${faults.length} faults`);
  const counted = (list) => list.filter(Boolean).length;
  console.log(`        ${payloads.length} payloads, ${counted(stores)} stores, ${counted(orders)} paid orders, 0 dialogs, 0 policy reports`);
  await context.close();
}

/** Without what would be two customers or an address. */
const asOneName = (text) => text.replace(/[@;,]/g, '.');

/** The addresses of links whose row in a file is made of each payload, in their order. */
async function makesAll(demo, person, heads, row) {
  const phone = await TelegramPhone.of(demo, person);
  const quoted = (cell) => `"${cell.replaceAll('"', '""')}"`;
  const sheet = [heads, ...payloads.map((text) => row(text).map(quoted).join(','))].join('\n');
  await phone.makes('awal 10rb');
  const made = await phone.makesFile('serangan.csv', sheet);
  phone.close();
  if (made.length !== payloads.length) throw new Error(`${made.length} links were made of ${payloads.length} rows`);
  return made;
}

/** The address of a link of a store that is called like the payload, where a store's name may be that long. */
async function linkOfStore(demo, number) {
  if (payloads[number].length > storeNameMax) return undefined;
  const phone = await TelegramPhone.of(demo, { id: 10_000 + number, name: payloads[number] });
  const link = await phone.makes('topi 50rb');
  phone.close();
  return link;
}

/** What is opened for a payload, one after the other; `types` fills in the page's form with it and sends it. */
function rowOf(number, { link, own, store, order }) {
  const payload = encodeURIComponent(payloads[number]);
  return {
    number,
    mark: marks[number],
    text: payloads[number],
    visits: [
      { what: 'link', address: `${link}?lang=${payload}&said=${payload}`, types: true },
      { what: 'own amount', address: String(own) },
      ...(store ? [{ what: 'store', address: String(store) }] : []),
      ...(order ? [{ what: 'paid order', address: `${order}?said=${payload}` }, { what: 'receipt', address: `${order}/receipt?lang=${payload}` }] : []),
    ],
  };
}

/** Reads every page that these payloads are on, in frames of one tab; a line for each fault. */
async function readsAll(context, demo, part) {
  const page = await context.newPage();
  await page.setExtraHTTPHeaders({ 'X-Forwarded-For': network(part[0].number) });
  // The demo's page may hold frames of its own origin, and its script and style are not those of the pages in them.
  await page.goto(demo.url);
  const faults = await page.evaluate(inFrames, part);
  await page.close();
  return faults;
}

/** Runs in the browser: three frames, each of which goes through one row after the other. */
async function inFrames(rows) {
  document.body.replaceChildren();
  const faults = [];
  const waiting = [...rows];
  const loads = (frame, act) => new Promise((done, failed) => {
    const late = setTimeout(() => failed(new Error('a page did not load')), 20_000);
    frame.onload = () => { clearTimeout(late); done(); };
    act();
  });
  const judges = (frame, row, what) => {
    const page = frame.contentDocument;
    const isLive = (node) => node.getAttributeNames().some((key) => key.startsWith('on')) || node.matches('iframe,object,embed,base,math,animate,link[rel=stylesheet],[href^="javascript:" i],[action^="//"]');
    const live = [...page.querySelectorAll('*')].filter(isLive).map((node) => node.outerHTML.slice(0, 120));
    const typed = [...page.querySelectorAll('input')].map((field) => field.value).join(' ');
    const found = [];
    if (live.length > 0) found.push(`is part of the page: ${live}`);
    if (page.scripts.length !== 2) found.push(`the page has ${page.scripts.length} scripts`);
    if (frame.contentWindow.watched.refused.length > 0) found.push(`the policy refused ${frame.contentWindow.watched.refused}`);
    if (!`${page.body.textContent} ${typed}`.includes(row.mark)) found.push(`cannot be read in ${page.body.innerText.slice(0, 300)}`);
    faults.push(...found.map((fault) => `${what}, payload ${row.number}: ${fault}`));
  };
  await Promise.all([1, 2, 3].map(async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    for (let row = waiting.shift(); row; row = waiting.shift()) {
      for (const { what, address, types } of row.visits) {
        await loads(frame, () => { frame.src = address; });
        judges(frame, row, what);
        if (!types) continue;
        const form = frame.contentDocument.querySelector('form[action$="/orders"]');
        for (const field of form.querySelectorAll('input:not([type=hidden]):not(#website)')) field.value = row.text;
        await loads(frame, () => form.submit());
        judges(frame, row, 'form that was refused');
      }
    }
  }));
  return faults;
}

/** The form of a link's page, to be sent later than a machine would. */
async function formOf(link, number) {
  const page = await asks(link, number);
  return { action: new URL(`${link.pathname}/orders`, link), key: valueOf(page, 'form_key'), price: valueOf(page, 'shown_price') };
}

/** The address of an order by a customer called like the payload, paid. */
async function paidOrder({ action, key, price }, number) {
  const details = { form_key: key, shown_price: price, lang: 'id', website: '', name: payloads[number], phone: '081234567890', email: 'budi@example.test' };
  const order = await taken(action, number, details);
  await posts(`${order}/attempts`, number, { method: 'bca_va' });
  const todo = await asks(order, number);
  const [, href] = /id="practice" href="([^"]+)"/.exec(todo) ?? [];
  if (!href) throw new Error(`payload ${number} has no bank to pay at`);
  const bank = new URL(href.replaceAll('&amp;', '&').replaceAll('&#38;', '&'), order);
  await posts(new URL(`${bank.pathname}/pay`, bank), number, {});
  return order;
}

/** Where the order's page is, once the form is no longer too quick for a person. */
async function taken(action, number, details) {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const answer = await posts(action, number, details);
    const found = answer.headers.get('location');
    if (found?.startsWith('/orders/')) return new URL(found, action);
    if (Date.now() > deadline) throw new Error(`the order of payload ${number} was answered with ${answer.status}`);
    await new Promise((next) => setTimeout(next, 250));
  }
}

async function asks(address, number) {
  const answer = await fetch(address, { headers: { 'X-Forwarded-For': network(number), 'Accept-Language': 'id' } });
  return answer.text();
}

function posts(address, number, fields) {
  return fetch(address, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', headers: { 'X-Forwarded-For': network(number) } });
}

const valueOf = (page, field) => new RegExp(`name="${field}" value="([^"]*)"`).exec(page)?.[1] ?? '';

/** Payloads come from many networks, whose shares are limited. */
const network = (number) => `198.18.${number >> 8}.${number & 255}`;

/** The step for each, so many beside each other, in their order. */
async function side(list, step, beside = 8) {
  const done = [];
  const waiting = [...list.entries()];
  await Promise.all(Array.from({ length: beside }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) done[next[0]] = await step(next[1]);
  }));
  return done;
}
