// A customer with a browser of her own, with scripts or without, on a phone or at a desk.
import { buildFaults, watches, widths } from './page_checks.mjs';

let customers = 0;

/** What a cheap phone says it is; Chromium itself says that it stands on a desk. */
const phone = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';

export class Customer {
  /** `faults` gets a line for whatever is wrong with a page that she looks at. */
  static async of({ browser, screenshot, script = true, width = 'phone', language = 'id', faults = [] }) {
    const customer = new Customer();
    customers += 1;
    customer.context = await browser.newContext({
      viewport: widths[width],
      locale: language === 'id' ? 'id-ID' : 'en-GB',
      javaScriptEnabled: script,
      ...(width === 'phone' ? { userAgent: phone } : {}),
      // Customers do not share one network, whose share of forms and charges is limited.
      extraHTTPHeaders: { 'X-Forwarded-For': `198.51.100.${customers % 250 + 1}` },
      permissions: script ? ['clipboard-read', 'clipboard-write'] : [],
    });
    customer.context.setDefaultTimeout(20_000);
    customer.complaints = await watches(customer.context);
    Object.assign(customer, { script, width, faults, screenshot, page: await customer.context.newPage() });
    return customer;
  }

  /** Opens an address in the page she has open. */
  async opens(address) {
    const answer = await this.page.goto(String(address));
    return answer.status();
  }

  /** The same order in one more tab, where she goes on. */
  async opensTab(address) {
    this.page = await this.context.newPage();
    await this.opens(address);
    return this.page;
  }

  /**
   * Types who she is and sends the form; again while the page says that nobody types so quickly. `pace` is how many
   * milliseconds each letter takes; at 60 she is as slow as people are.
   */
  async fillsIn({ name = 'Budi Santoso', phone = '0812-3456-7890', email = 'budi@example.test', pace = 0 } = {}) {
    const asked = [[/^(Nama|Name|Your name)/i, name], [/Nomor|number/i, phone], [/E-?mail/i, email]];
    for (const [label, text] of asked) {
      const field = this.page.getByLabel(label);
      await (pace > 0 ? field.pressSequentially(text, { delay: pace }) : field.fill(text));
    }
    const deadline = Date.now() + 20_000;
    while (!new URL(this.page.url()).pathname.startsWith('/orders/')) {
      if (Date.now() > deadline) throw new Error(`the form was not taken:\n${await this.text()}`);
      await Promise.all([
        this.page.waitForEvent('domcontentloaded'),
        this.page.locator('form:is([action$="/orders"], [action$="/turn"]):has(input[name=phone]) button').first().click(),
      ]);
    }
  }

  /** Chooses a way to pay by its name, also from the folded list of an order that has one. */
  async chooses(method) {
    const folded = this.page.locator('details:not([open]) > summary').filter({ has: this.page.locator('xpath=../form') });
    if (await folded.count() > 0) await folded.first().click();
    await this.page.getByRole('button', { name: method }).first().click();
    await this.page.locator('#practice').waitFor();
  }

  /** Where the pretend bank shows what the open page asks for. */
  async bankPage() {
    return new URL(await this.page.locator('#practice').getAttribute('href'), this.page.url()).href;
  }

  /** Pays at the pretend bank, in another tab as a bank's app would be; the order's page stays open. */
  async pays(action = /^Pay/, address = undefined) {
    const bank = await this.context.newPage();
    await bank.goto(address ?? await this.bankPage());
    // The gateway's own page asks how, and only then for the money.
    const asksFirst = await bank.getByRole('button', { name: action }).count() === 0;
    const ways = bank.locator('form button');
    if (asksFirst && await ways.count() > 0) await Promise.all([bank.waitForEvent('domcontentloaded'), ways.first().click()]);
    await bank.getByRole('button', { name: action }).first().click();
    await bank.getByRole('button', { name: action }).first().waitFor({ state: 'detached' });
    await bank.close();
  }

  /** From the link's address to what is to be paid. */
  async orders(link, method, details = {}) {
    await this.opens(link);
    await this.fillsIn(details);
    await this.chooses(method);
  }

  /** Waits until her page says this: by itself with scripts, by looking again without. */
  async waitsFor(words) {
    const seen = this.page.getByText(words).first();
    if (this.script) {
      await seen.waitFor();
      return;
    }
    for (let tries = 0; tries < 100; tries += 1) {
      if (await seen.isVisible()) return;
      await this.page.waitForTimeout(200);
      await this.page.goto(this.page.url());
    }
    throw new Error(`the page never said ${words}:\n${await this.text()}`);
  }

  /** Looks at the page on the phone and at the desk: what is wrong with it is kept, and so is a picture of these. */
  async looks(moment, photographed = ['phone', 'desktop']) {
    for (const [width, size] of Object.entries(widths)) {
      await this.page.setViewportSize(size);
      if (photographed.includes(width)) await this.screenshot(this.page, `${moment}-${this.script ? 'script' : 'plain'}-${width}`);
      const found = this.script ? await buildFaults(this.page) : await plainFaults(this.page);
      for (const fault of [...found, ...this.complaints.splice(0)]) this.faults.push(`${moment}, ${width}: ${fault}`);
    }
    await this.page.setViewportSize(widths[this.width]);
  }

  async text() {
    return this.page.locator('body').innerText();
  }

  async leaves() {
    await this.context.close();
  }
}

/** What can be told of a page whose browser runs no script, not even ours. */
async function plainFaults(page) {
  const faults = await buildFaults(page);
  // A button that only a script can serve must not be there.
  for (const button of await page.locator('button[type=button]').all()) {
    if (await button.isVisible()) faults.push(`“${await button.innerText()}” does nothing without script`);
  }
  return faults;
}
