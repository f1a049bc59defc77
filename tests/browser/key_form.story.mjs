// A seller connects an own Midtrans account on a small phone: the form is opened from the chat, wrong keys are
// answered kindly, and the page that follows says what happens next; in both languages, with and without script.
export const name = 'the form for a gateway key works on a small phone, with and without script';

const languages = {
  id: {
    seller: 9201,
    next: [/Lanjut/, /Pakai/, /^WIB/, /^🧪/],
    form: /Buka formulir/,
    sandbox: /Sambungkan sandbox/,
    live: /Sambungkan live/,
    title: /Sambungkan Midtrans/,
    empty: /Tempel server key-nya dulu/,
    client: /Ini client key/,
    other: { sandbox: /kunci untuk uang sungguhan/, live: /Ini kunci sandbox/ },
    unknown: /Midtrans tidak mengenal kunci ini/,
    connected: 'Midtrans tersambung',
    then: { sandbox: /Mulai sekarang latihan/, live: /Mulai sekarang pembayaran/ },
    toChat: /Kembali ke chat/,
  },
  en: {
    seller: 9202,
    next: [/Next/, /Use “/, /^WIB/, /^🧪/],
    form: /Open the form/,
    sandbox: /Connect sandbox/,
    live: /Connect live/,
    title: /Connect Midtrans/,
    empty: /Paste the server key first/,
    client: /This is the client key/,
    other: { sandbox: /key for real money/, live: /This is a sandbox key/ },
    unknown: /Midtrans does not know this key/,
    connected: 'Midtrans is connected',
    then: { sandbox: /practice in this shop goes/, live: /live payments of this shop go/ },
    toChat: /Back to the chat/,
  },
};

/** The demo's own page tells which keys its pretend Midtrans knows. */
async function keysOf(demo, browser) {
  const page = await browser.newPage();
  await page.goto(demo.url);
  const [sandbox, live] = await page.locator('details code').filter({ hasText: 'Mid-server-' }).allTextContents();
  await page.close();
  return { sandbox, live };
}

export async function run({ browser, demo, expect, screenshot }) {
  const keys = await keysOf(demo, browser);
  for (const [language, words] of Object.entries(languages)) {
    const look = { viewport: { width: 360, height: 740 }, locale: language === 'id' ? 'id-ID' : 'en-GB' };
    const context = await browser.newContext(look);
    const plain = await browser.newContext({ ...look, javaScriptEnabled: false });
    const phone = await context.newPage();
    const address = new URL(`/simulator/telegram/phone/${words.seller}?name=Sari&lang=${language}`, demo.url);
    await phone.goto(address.href);
    const says = async (text) => {
      await phone.getByRole('textbox').fill(text);
      await phone.getByRole('textbox').press('Enter');
    };
    const taps = (label) => phone.getByRole('button', { name: label }).last().click();
    await says('/start');
    for (const label of words.next) await taps(label);

    for (const mode of ['sandbox', 'live']) {
      await says('/settings');
      await taps(/Midtrans & mode/);
      await taps(words[mode]);
      await phone.getByRole('button', { name: words.form }).last().waitFor();
      await screenshot(phone, `${language}-${mode}-0-chat`);
      const [opened] = await Promise.all([context.waitForEvent('page'), taps(words.form)]);
      // The live key is connected by a browser without script.
      const page = mode === 'sandbox' ? opened : await plain.newPage();
      if (page !== opened) {
        await page.goto(opened.url());
        await opened.close();
      }
      await connects(page, { words, mode, keys, expect, photograph: (moment) => screenshot(page, `${language}-${mode}-${moment}`) });
      await phone.getByText(new RegExp(`…${keys[mode].slice(-4)}`)).first().waitFor();
      await page.close();
    }
    await screenshot(phone, `${language}-told`);
    await context.close();
    await plain.close();
  }
}

/** From the empty form over every wrong key to the page that says it is done. */
async function connects(page, { words, mode, keys, expect, photograph }) {
  const field = page.locator('#server_key');
  const sends = async (key, answer) => {
    await field.fill(key);
    await page.locator('form button').first().click();
    await page.getByText(answer).first().waitFor();
    expect.equal(await field.inputValue(), '', 'what was typed is not sent back');
    await fits(page, expect);
  };
  await page.getByRole('heading', { name: words.title }).waitFor();
  await fits(page, expect);
  await photograph('1-form');
  await sends('', words.empty);
  await sends(keys[mode].replace('server', 'client'), words.client);
  await sends(keys[mode === 'sandbox' ? 'live' : 'sandbox'], words.other[mode]);
  await photograph('2-other-mode');
  await sends(`${keys[mode]}x`, words.unknown);
  await photograph('3-unknown');
  await field.fill(keys[mode]);
  await page.locator('form button').first().click();
  await page.getByRole('heading', { name: words.connected }).waitFor();
  await page.getByText(words.then[mode]).waitFor();
  await page.getByRole('link', { name: words.toChat }).waitFor();
  await fits(page, expect);
  await photograph('4-done');
}

async function fits(page, expect) {
  const { width } = page.viewportSize() ?? { width: 360 };
  const body = await page.locator('main').boundingBox();
  expect.that(body.x >= 0 && body.x + body.width <= width, 'the page does not move sideways');
  for (const one of await page.locator('main *:visible').all()) {
    const box = await one.boundingBox();
    if (box) expect.that(box.x + box.width <= width + 0.5, `nothing reaches beyond the screen: ${await one.evaluate((node) => node.outerHTML.slice(0, 90))}`);
  }
}
