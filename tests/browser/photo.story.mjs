// A seller sends a picture from the phone, and the customer's page shows it.
export const name = 'a photo sent with a price is a link whose page shows it';

export async function run({ browser, demo, expect, screenshot }) {
  const context = await browser.newContext({ viewport: { width: 900, height: 940 }, locale: 'id-ID' });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(demo.url);

  const seller = page.frameLocator('#seller');
  const customer = page.frameLocator('#customer');
  // Any picture will do: the one of these phones.
  const picture = await page.screenshot({ type: 'png' });
  await seller.getByRole('textbox').fill('/new awal 10rb');
  await seller.getByRole('textbox').press('Enter');
  await seller.getByRole('button', { name: /✅ Buat/ }).first().waitFor();
  await seller.getByRole('textbox').fill('Donasi buku mulai 50rb saran 100rb');
  await seller.locator('#picker').setInputFiles({ name: 'buku.png', mimeType: 'image/png', buffer: picture });
  await seller.getByText('🖼 Dengan foto').waitFor();
  await screenshot(page, '1-understood');
  await seller.getByRole('button', { name: /✅ Buat/ }).last().click();
  const link = seller.getByText(/^http:\/\/127\.0\.0\.1/).last();
  await link.waitFor();
  await link.click();

  const photo = customer.locator('img.photo');
  await photo.waitFor();
  await expect.eventually(
    async () => (await photo.evaluate((image) => image.naturalWidth)) === 900,
    'the picture is drawn',
  );
  await screenshot(page, '2-page');
  await customer.getByLabel(/Jumlah yang Anda bayar/).fill('75rb');
  await customer.getByLabel(/Nama/).fill('Budi Santoso');
  await customer.getByLabel(/Nomor/i).fill('0812-3456-7890');
  await customer.getByLabel(/E-?mail/i).fill('budi@example.test');
  await customer.locator('form button').first().click();
  await customer.getByText('Rp75.000').first().waitFor();
  expect.equal(complaints, [], 'no complaint in the browser’s console');
}
