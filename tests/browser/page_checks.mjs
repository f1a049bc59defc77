// What every page for customers must be: usable by everybody, still while it loads, no wider than the phone.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const peers = createRequire(fileURLToPath(new URL('../../target/peers/package.json', import.meta.url)));

/** The smallest phone that is sold, and a desktop, in CSS pixels. */
export const widths = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } };

/** What is tapped is at least so high, in CSS pixels. */
const targetHeight = 44;

/** Begins to watch every page of a context: what moved by itself, what the policy refused, what asked or complained. */
export async function watches(context) {
  const seen = [];
  context.on('dialog', (dialog) => {
    seen.push(`a dialog opened: ${dialog.message()}`);
    return dialog.dismiss().catch(() => {});
  });
  context.on('console', (message) => {
    // Pages that say no by their status are errors to Chromium, and none to anybody; see below for what is in them.
    const isStatus = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isStatus) seen.push(`the console says: ${message.text()} (${message.page()?.url()})`);
  });
  context.on('response', (response) => {
    const isPart = response.request().resourceType() !== 'document';
    if (isPart && response.status() >= 400) seen.push(`${response.url()} was answered with ${response.status()}`);
  });
  context.on('weberror', (error) => seen.push(`the script failed: ${error.error()}`));
  await context.addInitScript(() => {
    window.watched = { shifts: [], refused: [] };
    addEventListener('securitypolicyviolation', (event) => watched.refused.push(`${event.violatedDirective} ${event.blockedURI}`));
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries().filter((one) => !one.hadRecentInput)) {
        const moved = entry.sources.map(({ node, previousRect: from, currentRect: to }) => {
          const what = node?.nodeType === Node.TEXT_NODE ? `“${node.data.trim()}”` : `${node?.nodeName}.${node?.className}`;
          return `${what} from ${from.x},${from.y} (${from.width}×${from.height}) to ${to.x},${to.y} (${to.width}×${to.height})`;
        });
        watched.shifts.push(`moved by itself at ${Math.round(entry.startTime)} ms, layout shift ${entry.value}: ${moved.join('; ')}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return seen;
}

/** What axe-core finds on the page as it is drawn now, by all of its rules or by these; a line for each finding. */
export async function axeFindings(page, rules = undefined) {
  const isThere = await page.evaluate(() => 'axe' in window);
  if (!isThere) await page.evaluate(axeSource());
  return page.evaluate(async (only) => {
    // Whole pages of one origin: frames are not looked into. Target sizes are off by default.
    const which = only ? { runOnly: only } : { rules: { 'target-size': { enabled: true } } };
    const found = await axe.run(document, { iframes: false, resultTypes: ['violations'], ...which });
    return found.violations.flatMap((rule) => rule.nodes.map((node) =>
      `axe ${rule.id}: ${node.target.join(' ')} ${node.any.concat(node.all, node.none).map((check) => check.message).join('; ')}`));
  }, rules);
}

/** What is wrong with the page's build at the width it has now; a line for each fault. */
export async function buildFaults(page) {
  return page.evaluate((height) => {
    const faults = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
      const wide = [...document.body.querySelectorAll('*')].filter((node) => node.getBoundingClientRect().right > root.clientWidth + 0.5);
      faults.push(`moves sideways at ${root.clientWidth}: ${wide.map((node) => `${node.tagName}.${node.className}`).slice(0, 3)}`);
    }
    const ids = [...document.querySelectorAll('[id]')].map((node) => node.id);
    for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) faults.push(`two are called #${id}`);
    for (const node of document.querySelectorAll('button, .button, summary, input:not([type=hidden]), textarea, select')) {
      const box = node.getBoundingClientRect();
      // What is folded away or only for machines cannot be tapped.
      if (!node.checkVisibility() || box.right < 0) continue;
      if (box.height < height - 0.01) faults.push(`${node.tagName} “${node.textContent || node.name}” is ${box.height} px high`);
    }
    // An amount that goes on in the next line is read as another amount.
    const texts = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      for (const amount of text.data.matchAll(/(?<=Rp|IDR )\d[\d.,]+\d/g)) {
        const range = document.createRange();
        range.setStart(text, amount.index);
        range.setEnd(text, amount.index + amount[0].length);
        const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
        if (lines.size > 1) faults.push(`${amount[0]} is broken over ${lines.size} lines`);
      }
    }
    faults.push(...window.watched?.shifts ?? []);
    for (const refused of window.watched?.refused ?? []) faults.push(`the policy refused ${refused}`);
    const foreign = performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => !name.startsWith('data:') && new URL(name).origin !== location.origin);
    for (const name of foreign) faults.push(`comes from elsewhere: ${name}`);
    return faults;
  }, targetHeight);
}

let source;
function axeSource() {
  source ??= readFileSync(peers.resolve('axe-core/axe.min.js'), 'utf8');
  return source;
}
