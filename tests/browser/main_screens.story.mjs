// A seller's ten main screens on a phone of 360 points, in both languages: what they look like is kept as pictures,
// and nothing on them is cut off.

import { pays } from './paying_customer.mjs';
export const name = 'the ten main screens fit a small phone in both languages';

const languages = {
  id: {
    seller: 9101,
    line: '/new kaos hitam 150rb x10 3d',
    several: 'topi 50rb\nmug 35rb\njaket kulit 250rb x1',
    create: /✅ Buat/,
    next: [/Lanjut/, /Pakai/],
    rung: /Rp150\.000 dari Budi/,
    sold: /^✅ Budi Santoso/,
    team: /Tim/,
    screens: { links: /Tautan · 4/, orders: /Pesanan · 1/, stats: /Tautan terbaik/, settings: /Pengaturan/ },
  },
  en: {
    seller: 9102,
    line: '/new black shirt 150k x10 3d',
    several: 'cap 50k\nmug 35k\nleather jacket 250k x1',
    create: /✅ Create/,
    next: [/Next/, /Use “/],
    rung: /IDR 150,000 from Budi/,
    sold: /^✅ Budi Santoso/,
    team: /Team/,
    screens: { links: /Links · 4/, orders: /Orders · 1/, stats: /Best links/, settings: /Settings/ },
  },
};

export async function run({ browser, demo, expect, screenshot }) {
  for (const [language, words] of Object.entries(languages)) {
    const locale = language === 'id' ? 'id-ID' : 'en-GB';
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale });
    const phone = await context.newPage();
    const address = new URL(`/simulator/telegram/phone/${words.seller}?name=Sari&lang=${language}`, demo.url);
    await phone.goto(address.href);
    const seller = new Seller(phone, expect, (moment) => screenshot(phone, `${language}-${moment}`));

    await seller.says('/start');
    await seller.taps(words.next[0]);
    await seller.looksAt('1-start', words.next[1]);
    await seller.taps(words.next[1]);
    await seller.says(words.line);
    await seller.looksAt('2-confirm', words.create);
    await seller.taps(words.create);
    const link = phone.getByText(/^http:\/\/127\.0\.0\.1/).last();
    await link.waitFor();
    await seller.looksAt('3-link', /QR/);
    await pays(context, await link.innerText());
    await phone.getByText(words.rung).first().waitFor();
    await seller.looksAt('4-notice', /🧾/);

    await seller.says(words.several);
    await seller.taps(words.create);
    await phone.getByText(/^http:\/\/127\.0\.0\.1/).nth(2).waitFor();
    await seller.says('/links');
    await phone.getByText(words.screens.links).waitFor();
    await seller.looksAt('5-links', /🔎/);
    await seller.says('/orders');
    await phone.getByText(words.screens.orders).waitFor();
    await seller.looksAt('6-orders', words.sold);
    await seller.taps(words.sold);
    await seller.looksAt('7-order', /📦/);
    await seller.says('/stats');
    await phone.getByText(words.screens.stats).waitFor();
    await seller.looksAt('8-stats', /CSV/);
    await seller.says('/settings');
    await phone.getByText(words.screens.settings).last().waitFor();
    await seller.looksAt('9-settings', words.team);
    await seller.taps(words.team);
    await seller.looksAt('10-team', /Undang|Invite/);
    await context.close();
  }
}

/** Who sells: types, taps the newest button of a name, and looks at the screen. */
class Seller {
  constructor(phone, expect, photograph) {
    Object.assign(this, { phone, expect, photograph });
  }

  async says(text) {
    await this.phone.getByRole('textbox').fill(text);
    await this.phone.getByRole('textbox').press('Enter');
  }

  async taps(name) {
    await this.phone.getByRole('button', { name }).last().click();
  }

  /** Waits for a button of the screen, takes its picture, and reads whether a label is cut off. */
  async looksAt(moment, name) {
    await this.phone.getByRole('button', { name }).last().waitFor();
    await this.phone.locator('.key.busy').first().waitFor({ state: 'detached' });
    await this.phone.locator('#chat').evaluate((chat) => { chat.scrollTop = chat.scrollHeight; });
    await this.photograph(moment);
    // A row of its own holds what people named, which may be long.
    const cut = await this.phone.locator('.keyboard').evaluateAll((boards) => boards
      .flatMap((board) => [...board.querySelectorAll('.row')])
      .filter((row) => row.children.length > 1)
      .flatMap((row) => [...row.children])
      .filter((key) => key.scrollWidth > key.clientWidth)
      .map((key) => key.textContent));
    this.expect.equal(cut, [], `${moment}: no label is cut off`);
    const isWide = await this.phone.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    this.expect.that(!isWide, `${moment}: the screen does not move sideways`);
  }
}
