// A customer goes back, reloads, has two tabs, closes the browser, comes back after days: she always finds what is true.
import { Customer } from './customer.mjs';
import { TelegramPhone } from './telegram_phone.mjs';

export const name = 'back, F5, two tabs and days later lead to what is true, with script and without';
export const movesTime = true;

export async function run({ browser, demo, expect, screenshot }) {
  const seller = await TelegramPhone.of(demo, { id: 9402, name: 'Sari' });
  const link = await seller.makes('kaos hitam 150rb x10 30d');
  const faults = [];
  const late = [];
  for (const script of [true, false]) {
    const budi = await Customer.of({ browser, screenshot, faults, script });
    await goesBackAndReloads(budi, link, expect);
    await hasTwoTabs(budi, link, expect);
    late.push({ budi, citra: await leavesUnpaid({ browser, screenshot, faults, script }, link) });
  }

  demo.advance('2d');
  for (const { budi, citra } of late) await comesBackLater(budi, citra, link, expect);
  expect.equal(faults, [], 'every page is right');
  seller.close();
}

/** Back leads to the link, whose page knows her; her number stays, and F5 orders nothing. */
async function goesBackAndReloads(budi, link, expect) {
  // With a script the page may be the answer to a form that was sent back. Without, Back to such a page is the
  // browser's own business, so here she types slowly enough.
  await budi.orders(link, /^BCA/, { pace: budi.script ? 0 : 60 });
  const order = budi.page.url();
  const number = await numberOf(budi);
  await budi.page.reload();
  expect.equal([budi.page.url(), await numberOf(budi)], [order, number], 'F5 shows the same number');
  for (let steps = 0; steps < 6 && new URL(budi.page.url()).pathname !== link.pathname; steps += 1) await budi.page.goBack();
  expect.equal(new URL(budi.page.url()).pathname, link.pathname, 'back leads to the link');
  await budi.page.reload();
  await budi.waitsFor('Anda sudah mulai.');
  await budi.looks('1-link-again');
  await budi.page.getByRole('link', { name: 'Lanjutkan pembayaran' }).click();
  await budi.waitsFor(/BCA/);
  expect.equal([budi.page.url(), await numberOf(budi)], [order, number], 'and it leads on to the same number');
}

/** What is done in one tab is seen in the other: another method, and the payment. */
async function hasTwoTabs(budi, link, expect) {
  const [first, order] = [budi.page, budi.page.url()];
  const old = await numberOf(budi);
  const second = await budi.opensTab(order);
  await budi.chooses(/^BNI/);
  const number = await numberOf(budi);
  expect.that(number !== old, 'another bank gives another number');
  budi.page = first;
  await budi.waitsFor(/BNI/);
  expect.equal(await numberOf(budi), number, 'the other tab shows the number that holds');
  // What the tab that was left behind still offers does no harm.
  await budi.pays();
  await budi.waitsFor('Lunas. Terima kasih!');
  budi.page = second;
  await budi.waitsFor('Lunas. Terima kasih!');
  await budi.looks('2-paid-in-two-tabs');
  await second.close();
  budi.page = first;
  await budi.opens(link);
  await budi.waitsFor('Ini sudah Anda bayar.');
}

async function leavesUnpaid(how, link) {
  const citra = await Customer.of(how);
  await citra.orders(link, /^BRI/);
  citra.order = citra.page.url();
  return citra;
}

/** Two days later: what was paid is paid; what was not says so, and is paid another way. */
async function comesBackLater(budi, citra, link, expect) {
  await budi.opens(link);
  await budi.waitsFor('Ini sudah Anda bayar.');
  await budi.looks('3-days-later-paid');

  await citra.opens(citra.order);
  await citra.waitsFor(/Waktu percobaan terakhir sudah habis/);
  expect.equal(await citra.page.locator('.value .copy').count(), 0, 'no number is shown that nobody can pay');
  await citra.looks('4-days-later-unpaid');
  await citra.opens(link);
  await citra.waitsFor(/Anda pernah ke sini|Anda sudah mulai|Anda punya pesanan/);
  await citra.looks('5-days-later-link');
  await citra.opens(citra.order);
  await citra.chooses(/^QRIS/);
  await citra.pays();
  await citra.waitsFor('Lunas. Terima kasih!');
  for (const customer of [budi, citra]) await customer.leaves();
}

/** The number that is to be paid to, as it is shown. */
function numberOf(customer) {
  return customer.page.locator('.value', { has: customer.page.locator('.copy') }).nth(1).locator('b').innerText();
}
