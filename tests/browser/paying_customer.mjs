/** A customer pays the link at the pretend bank. */
export async function pays(context, address) {
  const page = await context.newPage();
  await page.goto(address);
  await page.getByLabel(/Nama|Name/).fill('Budi Santoso');
  await page.getByLabel(/Nomor|number/i).fill('0812-3456-7890');
  await page.getByLabel(/E-?mail/i).fill('budi@example.test');
  await page.locator('form button').first().click();
  await page.getByRole('button', { name: /^BCA Virtual/ }).click();
  await page.getByRole('link', { name: /simula|bank/i }).first().click();
  await page.getByRole('button', { name: /^Pay/ }).click();
  await page.getByRole('link', { name: /back/i }).first().waitFor();
  await page.close();
}
