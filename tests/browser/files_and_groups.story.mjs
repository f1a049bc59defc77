// What a seller does beside the private chat: links from a file that is attached, and payments that ring in a group,
// in one topic of a forum and in a channel.
import { readFileSync } from 'node:fs';

import { pays } from './paying_customer.mjs';

export const name = 'a file makes many links, and payments ring in a group, a topic and a channel';

export async function run({ browser, demo, expect, screenshot }) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'id-ID', acceptDownloads: true });
  const phone = await context.newPage();
  phone.setDefaultTimeout(15_000);
  const complaints = [];
  phone.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await phone.goto(new URL('/simulator/telegram/phone/9301?name=Sari&lang=id', demo.url).href);
  const says = async (text) => {
    await phone.getByRole('textbox').fill(text);
    await phone.getByRole('textbox').press('Enter');
  };
  const taps = (label) => phone.getByRole('button', { name: label }).last().click();
  const sees = (words) => phone.locator('#phone :is(.body, .toast, .bar)').getByText(words).last().waitFor();
  const looks = async (moment) => {
    const isWide = await phone.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect.that(!isWide, `${moment}: the screen does not move sideways`);
    await screenshot(phone, moment);
  };
  await says('/start');
  for (const label of [/Lanjut/, /Pakai/, /^WIB/, /Coba \(Sandbox\)/]) await taps(label);
  await sees(/\/new/);

  // A file goes as it is, and what comes back can be taken.
  const products = await (await fetch(new URL('/demo/products.csv', demo.url))).text();
  await phone.locator('#picker').setInputFiles({ name: 'produk.csv', mimeType: 'text/csv', buffer: Buffer.from(products) });
  await phone.getByRole('button', { name: /✅ Buat 4 tautan/ }).waitFor();
  await looks('1-file');
  await taps(/✅ Buat 4 tautan/);
  await phone.getByText(/hasil-produk\.csv/).waitFor();
  await looks('2-result');
  const [download] = await Promise.all([phone.waitForEvent('download'), phone.getByText(/hasil-produk\.csv/).click()]);
  expect.equal(download.suggestedFilename(), 'hasil-produk.csv');
  const made = readFileSync(await download.path(), 'utf8');
  const links = made.match(/http:\/\/127\.0\.0\.1:\d+\/[\w-]+/g);
  expect.equal(links.length, 4, 'each good line has its address');

  // A group is made from the top of the screen.
  const makes = async (kind, title) => {
    await phone.getByRole('button', { name: /Grup atau channel baru/ }).last().click();
    if (kind) await phone.getByLabel(kind, { exact: true }).check();
    await phone.getByLabel('Nama').fill(title);
    await looks(`3-new-${title.split(' ')[0]}`);
    await phone.getByRole('button', { name: 'Buat', exact: true }).click();
    await phone.getByRole('heading', { name: title, level: 1 }).waitFor();
  };
  const opens = (title) => phone.locator('#chats').getByRole('button', { name: title }).click();
  const asksAbout = (label) => phone.getByRole('button', { name: label }).click();
  await makes(null, 'Tim Kaos');
  await looks('4-group-without-bot');
  await asksAbout(/Tentang grup ini/);
  await looks('5-group-menu');
  await taps(/Tambahkan bot/);
  await sees(/bot ada di sini/);
  await says('/alerts@tautan_bot');
  await sees(/berbunyi di grup ini/);
  await pays(context, links[0]);
  await sees(/dari Budi S\./);
  await looks('6-group-rang');

  // A stranger's press is answered, and shows nothing; the seller's opens the private chat.
  await asksAbout(/Tentang grup ini/);
  await taps(/Pakai HP Eve/);
  await phone.getByText('HP Eve', { exact: true }).waitFor();
  await taps(/Buka pesanan/);
  await sees('Bukan milik Anda');
  await looks('7-stranger');
  await taps(/Kembali ke HP Sari/);
  await taps(/Buka pesanan/);
  await sees(/Budi Santoso/);
  await looks('8-order');

  // The settings bring the bot into a forum, and one of its topics takes the news.
  const opensPlaces = async () => {
    await says('/settings');
    await taps(/Kabar di grup/);
  };
  await opensPlaces();
  await taps(/Tambah grup/);
  await taps(/Pilih grup/);
  await phone.getByLabel('Grup dengan topik').check();
  await phone.getByLabel('Nama').fill('Toko Sari');
  await looks('9-pick');
  await phone.getByRole('button', { name: 'Buat', exact: true }).click();
  await sees(/berbunyi di grup ini/);
  await phone.getByRole('button', { name: 'Pesanan', exact: true }).click();
  await says('/alerts@tautan_bot');
  await sees(/berbunyi di topik ini/);
  await looks('10-topic');

  await opens(/^Tautan/);
  await opensPlaces();
  await taps(/Tambah channel/);
  await taps(/Pilih channel/);
  await phone.getByLabel('Nama').fill('Kabar Kaos');
  await phone.getByRole('button', { name: 'Buat', exact: true }).click();
  await sees(/berbunyi di channel ini/);
  await pays(context, links[1]);
  await sees(/dari Budi S\./);
  await looks('11-channel');
  await phone.setViewportSize({ width: 1100, height: 760 });
  await opens(/^Toko Sari/);
  await phone.getByRole('button', { name: /^Pesanan/ }).click();
  await sees(/dari Budi S\./);
  await screenshot(phone, '12-wide');
  await asksAbout(/Tentang grup ini/);
  await taps(/Keluarkan bot/);
  await sees(/bot sudah dikeluarkan/);
  await opens(/^Tautan/);
  await sees(/Bot tidak ada lagi|tidak lagi|sudah tidak/);
  await screenshot(phone, '13-told');
  expect.equal(complaints, [], 'no complaint in the browser’s console');
}
