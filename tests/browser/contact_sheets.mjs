// Many pictures on few: what a person looks through to see whether the pages are as they should be.
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const perSheet = 24;

/** Draws `sheet-<n>.png` beside the pictures of a folder, 24 of them on each, in the order of their names. */
export async function drawSheets(browser, folder) {
  const files = readdirSync(folder).filter((file) => /\.jpe?g$|\.png$/.test(file) && !file.startsWith('sheet-')).sort();
  const page = await browser.newPage({ viewport: { width: 1800, height: 900 } });
  for (let first = 0; first < files.length; first += perSheet) {
    const figures = files.slice(first, first + perSheet).map((file) => {
      const kind = file.endsWith('.png') ? 'png' : 'jpeg';
      const bytes = readFileSync(join(folder, file)).toString('base64');
      return `<figure><figcaption>${basename(file)}</figcaption><img src="data:image/${kind};base64,${bytes}"></figure>`;
    });
    await page.setContent(`<style>body{margin:8px;display:grid;grid-template-columns:repeat(8,1fr);gap:8px;font:11px sans-serif;background:#888}
figure{margin:0}img{width:100%;max-height:460px;object-fit:cover;object-position:top;display:block}</style>${figures.join('')}`);
    await page.screenshot({ path: join(folder, `sheet-${first / perSheet + 1}.png`), fullPage: true });
  }
  await page.close();
}
