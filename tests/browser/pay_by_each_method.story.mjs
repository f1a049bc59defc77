// Every way to pay, with script and without, looked at on a phone and at a desk: from the link to the receipt.
//
// A new method is a line in this table. What its page must hold follows from its kind, see `kinds`.
import { Customer } from './customer.mjs';
import { TelegramPhone } from './telegram_phone.mjs';

export const name = 'every method is paid on the page, with script and without, at 360 pixels and at a desk';
export const timeoutMs = 400_000;

const methods = [
  { name: 'QRIS', kind: 'picture' },
  { name: 'BCA Virtual Account', kind: 'number' },
  { name: 'BNI Virtual Account', kind: 'number' },
  { name: 'BRI Virtual Account', kind: 'number' },
  { name: 'Permata Virtual Account', kind: 'number' },
  { name: 'CIMB Niaga Virtual Account', kind: 'number' },
  { name: 'Mandiri Bill Payment', kind: 'number', numbers: 2 },
  { name: 'GoPay', kind: 'wallet' },
  { name: 'ShopeePay', kind: 'wallet' },
  { name: 'Indomaret', kind: 'number' },
  { name: 'Alfamart', kind: 'number' },
  { name: 'Visa / Mastercard / JCB', kind: 'outside' },
  { name: 'Kredivo', kind: 'outside' },
  { name: 'Akulaku', kind: 'outside' },
];

/** What the customer finds on the page of a method of this kind. */
const kinds = {
  /** A number to type or to copy, and how to do that. */
  async number(customer, expect, method) {
    const values = customer.page.locator('.value', { has: customer.page.locator('.copy') });
    expect.equal(await values.count(), 1 + (method.numbers ?? 1), 'the amount and the numbers can be copied');
    expect.that(await customer.page.locator('.guide li').count() >= 3, 'the steps at the bank are told');
    for (const value of await values.all()) {
      const shown = await value.locator('b').innerText();
      expect.contains(shown, /\d{2}/);
      if (!customer.script) continue;
      await value.locator('.copy').click();
      await value.getByRole('button', { name: /Tersalin|Copied|✓/i }).waitFor();
      const copied = await customer.page.evaluate(() => navigator.clipboard.readText());
      expect.equal(copied, shown.replace(/\D/g, ''), 'what is copied is what is shown, without what banks refuse');
    }
  },

  /** A picture to scan, or to save and pick in an app. */
  async picture(customer, expect) {
    const box = await customer.page.locator('.qr').first().boundingBox();
    expect.that(box.width >= 200 && Math.abs(box.width - box.height) < 2, 'the QR is large and square');
    expect.that(await customer.page.locator('.guide li').count() >= 3, 'the steps in the app are told');
    const save = customer.page.locator('[data-save], a[download]').filter({ visible: true });
    if (customer.script || await save.count() > 0) {
      const [download] = await Promise.all([customer.page.waitForEvent('download'), save.first().click()]);
      expect.contains(download.suggestedFilename(), /\.png$/);
    }
  },

  /** An app to open on the phone; at a desk a picture to scan, or the wallet's page. */
  async wallet(customer, expect) {
    if (customer.width === 'phone') await kinds.outside(customer, expect);
    else await customer.page.locator('.qr, section a.button[rel~=noreferrer]').filter({ visible: true }).first().waitFor();
  },

  /** A page of the gateway, which is the customer's to open. */
  async outside(customer, expect) {
    const link = customer.page.locator('section a.button[rel~=noreferrer]').first();
    await link.waitFor();
    expect.contains(await link.getAttribute('href'), /^https?:\/\//);
    expect.that(await customer.page.locator('.guide li').count() >= 3, 'the steps there are told');
  },
};

export async function run({ browser, demo, expect, screenshot }) {
  const seller = await TelegramPhone.of(demo, { id: 9401, name: 'Sari' });
  const link = await seller.makes('kaos hitam 150rb 3d');
  const offered = await offeredOn(link, browser);
  const known = methods.map((method) => method.name);
  expect.equal(offered.filter((one) => !known.includes(one)), [], 'each method that is offered is in the table');
  const faults = [];
  const waiting = methods.filter(({ name }) => offered.includes(name))
    .flatMap((method) => [{ method, script: true, width: 'phone' }, { method, script: false, width: 'desktop' }]);
  await Promise.all([1, 2].map(async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const customer = await Customer.of({ browser, screenshot, faults, script: next.script, width: next.width });
      await pays(customer, link, next.method, expect).catch((error) => {
        throw new Error(`${next.method.name}, ${next.script ? 'with' : 'without'} script: ${error.stack}`);
      });
      await customer.leaves();
    }
  }));
  expect.equal(faults, [], 'every page is right');
  await seller.reads(/Budi/);
  seller.close();
}

async function pays(customer, link, method, expect) {
  const moment = method.name.toLowerCase().replace(/\W+/g, '-');
  await customer.orders(link, new RegExp(`^${method.name}`));
  const page = await customer.text();
  for (const words of ['Rp150.000', /\d{1,2}[.:]\d{2} WIB/]) expect.contains(page, words);
  await kinds[method.kind](customer, expect, method);
  await customer.looks(`${moment}-1-pay`);
  await customer.pays();
  await customer.waitsFor(/Lunas|Terima kasih/);
  await customer.looks(`${moment}-2-paid`, ['phone']);
  await customer.page.getByRole('link', { name: /bukti/i }).first().click();
  await customer.waitsFor(method.name);
  await customer.looks(`${moment}-3-receipt`, []);
}

/** The names of the methods that the page offers for this link. */
async function offeredOn(link, browser) {
  const customer = await Customer.of({ browser });
  await customer.opens(link);
  await customer.fillsIn();
  const offered = await customer.page.locator('.methods button[name=method] b').allInnerTexts();
  await customer.leaves();
  return offered;
}
