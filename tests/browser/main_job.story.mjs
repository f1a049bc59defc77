// The first thing a stranger does: open the demo, make a link in the seller's phone, pay it in the customer's,
// and see the seller's phone ring.
export const name = 'a link made in chat is paid on the page and the chat rings';

export async function run({ browser, demo, expect, screenshot }) {
  const context = await browser.newContext({ viewport: { width: 900, height: 940 }, locale: 'id-ID' });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(demo.url);

  const seller = page.frameLocator('#seller');
  const customer = page.frameLocator('#customer');
  await seller.getByRole('textbox').fill('/new kaos hitam 150rb x10 3d');
  await seller.getByRole('textbox').press('Enter');
  await seller.getByRole('button', { name: /Buat|Create/ }).first().click();
  const link = seller.getByText(/^http:\/\/127\.0\.0\.1/).first();
  await link.waitFor();
  await screenshot(page, '1-link');

  // The pay address stands in the card; tapping it opens it on the customer's phone.
  await link.click();
  await customer.getByText('kaos hitam').first().waitFor();
  await screenshot(page, '2-details');
  await customer.getByLabel(/Nama|Name/).fill('Budi Santoso');
  await customer.getByLabel(/Nomor|Phone|HP|WhatsApp/i).fill('0812-3456-7890');
  await customer.getByLabel(/E-?mail/i).fill('budi@example.test');
  await customer.locator('form button').first().click();
  await customer.getByRole('button', { name: /^BCA Virtual/ }).waitFor();
  await screenshot(page, '3-methods');
  await customer.getByRole('button', { name: /^BCA Virtual/ }).click();
  await customer.getByText(/Rp150\.000/).first().waitFor();
  await screenshot(page, '4-instructions');

  await customer.getByRole('link', { name: /simula|bank/i }).first().click();
  await customer.getByRole('button', { name: /^Pay/ }).waitFor();
  await screenshot(page, '5-bank');
  await customer.getByRole('button', { name: /^Pay/ }).click();
  await expect.eventually(
    async () => (await seller.getByText(/Rp150\.000 dari Budi/).count()) > 0,
    'the seller’s phone rings',
  );
  await customer.getByRole('link', { name: /back/i }).first().click();
  await customer.getByText(/Lunas|Paid/).first().waitFor();
  await screenshot(page, '6-paid');
  expect.equal(complaints, [], 'no complaint in the browser’s console');
}
