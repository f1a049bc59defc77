// What a story may expect. Each failure says in words what was expected and what was there.
import assert from 'node:assert/strict';

const patienceMs = 10_000;
const glanceMs = 50;

export const expect = {
  /** The value is exactly this, objects and lists compared by content. */
  equal(actual, expected, sentence) {
    assert.deepEqual(actual, expected, sentence);
  },

  /** The value is true, or what the sentence says does not hold. */
  that(value, sentence) {
    assert.ok(value, sentence);
  },

  /** The text contains this text or matches this pattern. */
  contains(text, part) {
    const found = part instanceof RegExp ? part.test(text) : String(text).includes(part);
    assert.ok(found, `${JSON.stringify(part instanceof RegExp ? String(part) : part)} is not in ${JSON.stringify(text)}`);
  },

  /** A person who looks at the page sees this text within ten seconds. */
  async sees(page, part) {
    try {
      await page.getByText(part).filter({ visible: true }).first().waitFor({ state: 'visible', timeout: patienceMs });
    } catch {
      const body = await page.locator('body').innerText().catch(() => '(no page)');
      assert.fail(`${part} is not to be seen; the page says:\n${body}`);
    }
  },

  /** `question` answers true within ten seconds. */
  async eventually(question, sentence) {
    const deadline = Date.now() + patienceMs;
    while (!(await question())) {
      if (Date.now() > deadline) assert.fail(`not within ${patienceMs} ms: ${sentence}`);
      await new Promise((next) => setTimeout(next, glanceMs));
    }
  },
};
