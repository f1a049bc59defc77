// Every state of links and orders that a seller, a bank and time can bring about, with script and without, looked at on
// a phone and at a desk. The states drawn from made-up data are judged in drawn_pages.story.mjs; here they come to be.
//
// A new state is a line in one of these tables.
import { Customer } from './customer.mjs';
import { TelegramPhone } from './telegram_phone.mjs';

export const name = 'every state of a link and an order says what is true, with script and without, at every width';
export const timeoutMs = 400_000;
export const movesTime = true;

/** How a link comes into a state, and what its page says to somebody who was never there. */
const linkStates = [
  { state: 'open', line: 'kaos 75rb x10 30d', says: 'Siapa yang membayar?' },
  { state: 'own-amount', line: 'Donasi mulai 50rb saran 100rb', says: 'Jumlah yang Anda bayar' },
  { state: 'pieces', line: 'Stiker 5rb qty:20', says: /boleh sampai 20/ },
  { state: 'for-somebody', line: 'Sewa 500rb x1 for:Budi, 081234567890, budi@example.com', says: /Budi/ },
  { state: 'not-open', line: 'Kaos 75rb 3hari buka:2jam', says: 'Belum waktunya.' },
  { state: 'paused', line: 'topi 50rb', then: [(shop) => shop.presses(/Matikan/)], says: 'Tautan ini sedang istirahat.' },
  { state: 'deleted', line: 'mug 30rb', then: [(shop) => shop.presses(/Hapus/), (shop) => shop.presses(/Ya, hapus/)], says: /sudah menarik tautan ini/ },
  { state: 'busy', line: 'jaket 250rb x1', bought: [], says: 'Sedang ada yang membayar.' },
  { state: 'sold-out', line: 'sarung 90rb x1', bought: [(buyer) => buyer.pays(), (buyer) => buyer.waitsFor(/Lunas/)], says: 'Sudah habis.' },
  { state: 'expired', line: 'kue 20rb 1j', late: true, says: 'Masa berlaku tautan ini sudah habis.' },
];

/** What happens to an order whose customer has chosen a bank, and what its page says then. */
const orderStates = [
  { state: 'paid', bank: [/^Pay/], says: 'Lunas. Terima kasih!' },
  { state: 'denied', bank: [/^Deny/], says: /Bank menolak percobaan terakhir/ },
  { state: 'expired', bank: [/^Let it expire/], says: /Waktu percobaan terakhir sudah habis/ },
  { state: 'disputed', bank: [/^Pay/, /^Dispute/], says: 'Pembayaran ini sedang disengketakan.' },
  { state: 'paid-after-all', bank: [/^Let it expire/, /^Pay after all/], says: 'Lunas. Terima kasih!' },
];

export async function run({ browser, demo, expect, screenshot }) {
  const faults = [];
  const all = { browser, screenshot, faults };
  const seller = await TelegramPhone.of(demo, { id: 9403, name: 'Sari' });
  const links = [];
  for (const row of linkStates) {
    const link = await seller.makes(row.line);
    for (const step of row.then ?? []) await step(seller);
    links.push({ ...row, link });
  }
  const [open] = links;
  await inTwoLanes(orderStates, (row) => ordersSee(all, open.link, row));
  await inTwoLanes(links.filter((one) => one.bought), (row) => isBought(all, row));
  await inTwoLanes(links.filter((one) => !one.late), (row) => linkSays(all, row));
  await waitsInLine(all, links.find((one) => one.state === 'busy').link);
  demo.advance('3h');
  for (const row of links.filter((one) => one.late)) await linkSays(all, row);
  await saysThereIsNothing(all, demo, expect);
  expect.equal(faults, [], 'every page is right');
  seller.close();
}

/** Who finds everything taken waits in line, and is told where. */
async function waitsInLine(all, link) {
  for (const [script, says] of [[true, 'Anda yang berikutnya.'], [false, 'Anda nomor 2 dalam antrean.']]) {
    const waiting = await Customer.of({ ...all, script });
    await waiting.opens(link);
    await waiting.page.getByRole('link', { name: 'Tunggu giliran' }).click();
    await waiting.waitsFor('Siapa yang menunggu giliran?');
    await waiting.looks('line-form', ['phone']);
    await waiting.fillsIn();
    await waiting.waitsFor(says);
    await waiting.looks('line-place');
    await waiting.opens(link);
    await waiting.waitsFor('Anda sedang menunggu giliran.');
    await waiting.looks('line-link-again', ['phone']);
    await waiting.leaves();
  }
}

/** Two at a time: while one waits for the bank, the other draws. */
async function inTwoLanes(rows, step) {
  const waiting = [...rows];
  await Promise.all([1, 2].map(async () => {
    for (let row = waiting.shift(); row; row = waiting.shift()) {
      await step(row).catch((error) => { throw new Error(`${row.state}: ${error.stack}`); });
    }
  }));
}

async function isBought(all, { link, bought }) {
  const buyer = await Customer.of(all);
  await buyer.orders(link, /^BCA/);
  for (const step of bought) await step(buyer);
  await buyer.leaves();
}

async function linkSays(all, { state, link, says }) {
  for (const script of [true, false]) {
    const stranger = await Customer.of({ ...all, script });
    await stranger.opens(link);
    await stranger.waitsFor(says);
    await stranger.looks(`link-${state}`, script ? undefined : ['phone']);
    await stranger.leaves();
  }
}

async function ordersSee(all, link, { state, bank, says }) {
  const [first, second] = await Promise.all([true, false].map((script) => Customer.of({ ...all, script })));
  for (const customer of [first, second]) {
    await customer.orders(link, /^Permata/);
    // The bank's page of the charge stays known when the order's page no longer leads there.
    customer.bank = await customer.bankPage();
    for (const action of bank) await customer.pays(action, customer.bank);
    await customer.waitsFor(says);
    await customer.looks(`order-${state}`, customer.script ? undefined : ['phone']);
    await customer.leaves();
  }
}

/** Addresses that lead nowhere say so kindly. */
async function saysThereIsNothing(all, demo, expect) {
  const stranger = await Customer.of(all);
  for (const path of ['/tidakada', '/orders/tidakada', '/a/b/c/d']) {
    const status = await stranger.opens(new URL(path, demo.url));
    expect.equal(status, 404, path);
    await stranger.waitsFor('Tidak ada apa-apa di alamat ini.');
    await stranger.looks('nothing');
  }
  await stranger.leaves();
}
