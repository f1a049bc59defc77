// A seller's or customer's phone in the demo's pretend Telegram, held by a program instead of fingers.

const patienceMs = 20_000;

/** One person's private chat with the bot. */
export class TelegramPhone {
  #state;
  #waiting = new Set();
  #closing = new AbortController();

  /** The phone of this person; the number is anyone's who has none of the demo's other phones. */
  static async of(demo, { id, name, language = 'id' }) {
    const phone = new TelegramPhone();
    phone.address = new URL(`/simulator/telegram/phone/${id}`, demo.url);
    await fetch(`${phone.address}?name=${encodeURIComponent(name)}&lang=${language}`);
    phone.#follow();
    await phone.#until(() => phone.#state, 'the phone shows nothing');
    return phone;
  }

  /** Types a message and sends it. */
  async says(text) {
    await this.#posts('says', { text });
  }

  /** The newest message of the bot that this text is in or this pattern matches, once there is one. */
  async reads(words) {
    const isIn = (text) => (words instanceof RegExp ? words.test(text) : text.includes(words));
    return this.#until(
      () => this.#state.messages.findLast((message) => message.from_bot && isIn(message.text)),
      `${words} was not read`,
    );
  }

  /** Presses the newest button whose label matches, once there is one. */
  async presses(label) {
    const { message, button } = await this.#until(() => this.#button(label), `there is no button ${label}`);
    await this.#posts('presses', { message_id: message.message_id, data: button.value });
  }

  /** The address in the card of the link that a line makes, for instance `kaos hitam 150rb x10 3d`. */
  async makes(line) {
    const last = this.#state.messages.at(-1)?.message_id ?? 0;
    const newer = (found) => (found && found.message.message_id > last ? found : undefined);
    await this.says(`/new ${line}`);
    const { message, button } = await this.#until(() => newer(this.#button(/^✅ (Buat|Create)/)), `${line} was not understood`);
    await this.#posts('presses', { message_id: message.message_id, data: button.value });
    return this.#until(() => {
      const card = this.#state.messages.find((one) => one.message_id >= message.message_id && /https?:\/\/\S+/.test(one.text));
      return card && new URL(/https?:\/\/\S+/.exec(card.text)[0]);
    }, `no link was made of ${line}`);
  }

  /** The addresses of the links that a file makes, in the order of its rows. */
  async makesFile(name, text) {
    const address = `${this.address}/documents?name=${encodeURIComponent(name)}`;
    await fetch(address, { method: 'POST', headers: { 'Content-Type': 'text/csv' }, body: text });
    await this.presses(/^✅ (Buat \d+|Create \d+)/);
    const sent = await this.#until(
      () => this.#state.messages.findLast((message) => message.from_bot && message.file && !message.file.is_photo),
      `no file came back for ${name}`,
    );
    const made = await (await fetch(`${this.address}/files/${sent.file.number}`)).text();
    return [...made.matchAll(/http:\/\/127\.0\.0\.1:\d+\/[\w-]+/g)].map(([link]) => new URL(link));
  }

  /** Everything on the screen, the newest last. */
  transcript() {
    return this.#state.messages
      .map((one) => `${one.from_bot ? '<' : '>'} ${one.text}\n${one.buttons.map((row) => row.map((button) => `[${button.text}]`).join(' ')).join('\n')}`)
      .join('\n');
  }

  close() {
    this.#closing.abort();
  }

  #button(label) {
    for (const message of this.#state.messages.toReversed()) {
      const button = message.buttons.flat().find((one) => one.kind === 'callback' && label.test(one.text));
      if (button) return { message, button };
    }
    return undefined;
  }

  async #posts(action, body) {
    const answer = await fetch(`${this.address}/${action}`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${action} was answered with ${answer.status}`);
  }

  async #follow() {
    try {
      const answer = await fetch(`${this.address}/events`, { signal: this.#closing.signal });
      let rest = '';
      for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
        const events = (rest + chunk).split('\n\n');
        rest = events.pop();
        const latest = events.findLast((event) => event.startsWith('data:'));
        if (!latest) continue;
        this.#state = JSON.parse(latest.slice('data:'.length));
        for (const look of this.#waiting) look();
      }
    } catch (error) {
      if (!this.#closing.signal.aborted) console.error(`        the phone lost its chat: ${error}`);
    }
  }

  /** What `find` finds, looked for again after each change of the screen. */
  #until(find, complaint) {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = find();
        if (!found) return;
        clearTimeout(late);
        this.#waiting.delete(look);
        resolve(found);
      };
      const late = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`${complaint}; the phone shows:\n${this.#state ? this.transcript().slice(-2_000) : 'nothing'}`));
      }, patienceMs);
      this.#waiting.add(look);
      look();
    });
  }
}
