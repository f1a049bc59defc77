// The time that is left is right after the phone slept in a pocket, and who has paid is taken on to the seller's
// website only while looking, only once, and only if not stopped.
export const name = 'a deadline survives a sleeping phone, and a payment leads on to the seller’s website';

const website = 'https://toko-ani.example.com/terima-kasih';

export async function run({ browser, demo, expect, screenshot }) {
  const link = await makesALink(browser, demo);
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'id-ID' });
  const visits = [];
  await context.route('https://toko-ani.example.com/**', (route) => {
    visits.push(route.request().headers().referer);
    return route.fulfill({ contentType: 'text/html', body: '<h1>Toko Ani sendiri</h1>' });
  });

  const page = await context.newPage();
  // A phone that sleeps stops the clock that counts from the opening of the page; the one on the wall goes on.
  await page.addInitScript(() => (performance.now = () => 0));
  await page.clock.install();
  await orders(page, link);
  const left = page.getByRole('timer');
  await expect.eventually(async () => minutes(await left.innerText()) >= 50, 'the time that is left is counted');
  const before = minutes(await left.innerText());
  await page.clock.fastForward('20:00');
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  const lost = before - minutes(await left.innerText());
  expect.that(lost >= 20 && lost <= 21, `twenty minutes are gone, not ${lost}`);
  await screenshot(page, '1-after-sleep');

  const bank = await pays(context, page);
  await page.getByText(/Anda dibawa ke toko-ani\.example\.com/).waitFor();
  await screenshot(page, '2-going');
  await page.getByRole('button', { name: 'Tetap di halaman ini' }).click();
  await page.clock.fastForward('00:30');
  expect.that(page.url().startsWith(new URL(demo.url).origin), 'who stays is not taken anywhere');
  await page.reload();
  await page.getByRole('link', { name: 'Lanjut ke toko-ani.example.com' }).waitFor();
  await page.clock.fastForward('00:30');
  expect.that(page.url().startsWith(new URL(demo.url).origin), 'an old payment leads nowhere by itself');
  expect.equal(visits, [], 'nobody was at the website yet');
  await page.close();
  await bank.close();

  const another = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'id-ID' });
  await another.route('https://toko-ani.example.com/**', (route) => {
    visits.push(route.request().headers().referer);
    return route.fulfill({ contentType: 'text/html', body: '<h1>Toko Ani sendiri</h1>' });
  });
  const second = await another.newPage();
  await orders(second, link);
  await pays(another, second);
  await second.bringToFront();
  await second.waitForURL(website);
  expect.equal(visits, [undefined], 'the website is not told which order it was');
}

/** The seller makes a link that leads on to her website. */
async function makesALink(browser, demo) {
  const context = await browser.newContext({ viewport: { width: 900, height: 940 }, locale: 'id-ID' });
  const page = await context.newPage();
  await page.goto(demo.url);
  const seller = page.frameLocator('#seller');
  await seller.getByRole('textbox').fill('/new kaos hitam 150rb kembali:toko-ani.example.com/terima-kasih');
  await seller.getByRole('textbox').press('Enter');
  await seller.getByRole('button', { name: /Buat|Create/ }).first().click();
  const link = seller.getByText(/^http:\/\/127\.0\.0\.1/).first();
  await link.waitFor();
  const address = (await link.innerText()).trim();
  await context.close();
  return address;
}

async function orders(page, link) {
  await page.goto(link);
  await page.getByLabel(/Nama|Name/).fill('Budi Santoso');
  await page.getByLabel(/Nomor|number/i).fill('0812-3456-7890');
  await page.getByLabel(/E-?mail/i).fill('budi@example.test');
  await page.locator('form button').first().click();
  await page.getByRole('button', { name: /^BCA Virtual/ }).click();
  await page.getByRole('timer').waitFor();
}

/** Pays at the bank in another tab, as people do in another app. */
async function pays(context, page) {
  const address = await page.locator('#practice').getAttribute('href');
  const bank = await context.newPage();
  await bank.goto(new URL(address, page.url()).href);
  await bank.getByRole('button', { name: /^Pay/ }).click();
  await bank.getByRole('link', { name: /back/i }).first().waitFor();
  return bank;
}

/** `59:58`, or `23:59:58`, in whole minutes. */
function minutes(text) {
  const [, hours, whole] = /(?:(\d+):)?(\d+):\d\d\s*$/.exec(text) ?? [];
  return Number(hours ?? 0) * 60 + Number(whole);
}
