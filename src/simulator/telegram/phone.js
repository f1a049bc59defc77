(() => {
  'use strict';
  const user = document.body.dataset.user;
  const indonesian = document.documentElement.lang === 'id';
  const words = indonesian
    ? { bot: 'bot', typing: 'sedang mengetik', offline: 'menyambung…', message: 'Pesan', send: 'Kirim', menu: 'Menu', start: 'MULAI', restart: 'Mulai lagi', copied: 'Disalin', copyFailed: 'Tekan lama untuk menyalin', edited: 'diedit', pinned: 'Pesan disematkan', photo: 'Foto', voice: '🎤 Pesan suara', today: 'Hari ini', unsupported: 'Hanya bisa di Telegram', hello: 'Halo! Ini HP Anda.', intro: 'Semua yang ada di sini pura-pura: tidak ada pesan yang keluar dari halaman ini. Tekan Mulai, atau langsung mengetik.', lost: 'Tidak terkirim. Coba lagi.', chat: 'Percakapan', down: 'Ke bawah', notification: 'tanpa suara' }
    : { bot: 'bot', typing: 'typing', offline: 'connecting…', message: 'Message', send: 'Send', menu: 'Menu', start: 'START', restart: 'Restart', copied: 'Copied', copyFailed: 'Press and hold to copy', edited: 'edited', pinned: 'Pinned message', photo: 'Photo', voice: '🎤 Voice message', today: 'Today', unsupported: 'Works in Telegram only', hello: 'Hello! This is your phone.', intro: 'Everything here is pretend: no message leaves this page. Press Start, or just type.', lost: 'Not sent. Try again.', chat: 'Chat', down: 'Scroll down', notification: 'silent' };
  const { $, make } = chats;
  const chat = $('chat'), list = $('messages'), field = $('text');
  let state = null, newestSeen = null, toastSeen = null, connected = false;
  const shown = new Map();

  $('menu').querySelector('span').textContent = words.menu;
  $('menu').setAttribute('aria-label', words.menu);
  field.placeholder = words.message;
  field.setAttribute('aria-label', words.message);
  $('send').setAttribute('aria-label', words.send);
  $('down').setAttribute('aria-label', words.down);
  chat.setAttribute('aria-label', words.chat);

  // --- Talking to the pretend Telegram -------------------------------------------------------
  async function post(action, body) {
    try {
      const answer = await fetch(chats.path(action), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(answer.status);
      return true;
    } catch {
      toast(words.lost);
      return false;
    }
  }
  async function say(text) {
    if (!text.trim()) return false;
    closeCommands();
    lastSaid = Date.now();
    return post('says', chats.saying(text));
  }
  let events = null;
  function listen() {
    events = new EventSource(chats.events());
    events.onmessage = (event) => { connected = true; state = JSON.parse(event.data); draw(); };
    events.onerror = () => {
      connected = false;
      presence();
      // A browser gives up for good after some refusals; a phone never does.
      if (events.readyState === EventSource.CLOSED) { clearTimeout(listen.timer); listen.timer = setTimeout(listen, 1500); }
    };
  }
  /** Another chat is open from now on. */
  function reopen() {
    events?.close();
    clearTimeout(listen.timer);
    shown.clear();
    list.replaceChildren();
    newestSeen = null;
    follows = true;
    closeCommands();
    listen();
  }

  // --- Opening and copying -------------------------------------------------------------------
  const framed = window.parent !== window;
  function open(url) {
    if (chats.follow(url)) return;
    if (framed) window.parent.postMessage({ tautan: 'open', url }, location.origin);
    else window.open(url, '_blank', 'noopener');
  }
  async function copy(text) {
    try { await navigator.clipboard.writeText(text); toast(words.copied); return; } catch { /* no permission, or no secure context */ }
    const area = make('textarea');
    area.value = text;
    area.setAttribute('readonly', '');
    document.body.append(area);
    area.select();
    let done = false;
    try { done = document.execCommand('copy'); } catch { /* refused */ }
    area.remove();
    toast(done ? words.copied : `${words.copyFailed}: ${text}`);
  }

  const format = formatting({ make, open, copy, framed, command: (text) => say(chats.command(text)) });

  // --- One message -----------------------------------------------------------------------------
  function corner(kind) {
    const paths = { url: 'M7 17L17 7M9 7h8v8', copy_text: 'M9 9h10v10H9zM5 15V5h10', switch_inline: 'M4 12h14M13 6l6 6-6 6' };
    if (!paths[kind]) return null;
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('class', 'corner');
    svg.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', paths[kind]);
    svg.append(path);
    return svg;
  }
  function key(button, message) {
    const node = make('button', 'key', button.text);
    node.type = 'button';
    const mark = corner(button.kind);
    if (mark) node.append(mark);
    node.addEventListener('click', async () => {
      switch (button.kind) {
        case 'callback':
          if (node.classList.contains('busy')) return;
          node.classList.add('busy');
          node.setAttribute('aria-busy', 'true');
          // The pressed key turns until the bot answers; see spinners().
          node.dataset.pressed = String(Date.now());
          // No answer is an answer too: Telegram's own spinner gives up as well.
          setTimeout(() => rest(node), 15000);
          if (!await post('presses', { message_id: message.message_id, data: button.value })) rest(node);
          break;
        case 'url': open(button.value); break;
        case 'copy_text': copy(button.value); break;
        case 'reply': say(button.text); break;
        default: toast(words.unsupported);
      }
    });
    if (button.kind === 'callback') node.dataset.data = button.value;
    return node;
  }
  function rest(node) { node.classList.remove('busy'); node.removeAttribute('aria-busy'); delete node.dataset.pressed; }
  function keys(rows, message) {
    const board = make('div', 'keyboard');
    for (const row of rows) {
      const line = make('div', 'row');
      for (const button of row) line.append(key(button, message));
      board.append(line);
    }
    return board;
  }
  const clock = (seconds) => new Date(seconds * 1000).toLocaleTimeString(indonesian ? 'id-ID' : 'en-GB', { hour: '2-digit', minute: '2-digit' });
  function bytes(size) { return size < 1024 ? `${size} B` : size < 1048576 ? `${Math.round(size / 1024)} KB` : `${(size / 1048576).toFixed(1)} MB`; }
  function attachment(file, text) {
    const address = `${user}/files/${file.number}`;
    if (file.is_photo) {
      const image = make('img', 'picture');
      image.alt = text || words.photo;
      image.width = file.width;
      image.height = file.height;
      image.addEventListener('load', stick, { once: true });
      image.src = address;
      return image;
    }
    const link = make('a', 'document');
    link.href = address;
    link.download = file.file_name;
    link.append(make('i', '', '↓'));
    const name = make('span', '', file.file_name);
    name.append(make('small', '', bytes(file.size)));
    link.append(name);
    return link;
  }
  function render(message, before) {
    const inline = message.buttons.some((row) => row.some((button) => button.kind !== 'reply'));
    const item = make('li', `message${message.is_mine ? ' mine' : ''}${inline || message.file ? ' wide' : ''}`);
    const turns = !before || before.from_bot !== message.from_bot || before.author !== message.author;
    if (turns) item.classList.add('turn');
    item.dataset.id = message.message_id;
    const bubble = make('div', 'bubble');
    if (turns && message.author && !message.is_mine) bubble.append(make('b', 'author', message.author));
    if (message.file) bubble.append(attachment(message.file, message.text));
    const body = make('span', 'body');
    if (message.person_media) body.append(message.person_media === 'voice' ? words.voice : `📷 ${words.photo}`);
    format(body, message.text, message.entities, 0, message.text.length);
    bubble.append(body);
    const meta = make('span', 'meta', `${message.silent ? '🔕 ' : ''}${message.edited ? `${words.edited} ` : ''}${clock(message.date)}${message.is_mine ? ' ✓✓' : ''}`);
    if (message.silent) meta.title = words.notification;
    bubble.append(meta);
    if (message.reaction) bubble.append(make('span', 'reaction', message.reaction));
    item.append(bubble);
    if (inline) item.append(keys(message.buttons, message));
    return item;
  }

  // --- The whole chat --------------------------------------------------------------------------
  let follows = true;
  const stick = () => { if (follows) chat.scrollTop = chat.scrollHeight; };
  chat.addEventListener('scroll', () => {
    follows = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 60;
    $('down').hidden = follows;
  }, { passive: true });
  $('down').addEventListener('click', () => { follows = true; stick(); });
  new ResizeObserver(stick).observe(chat);

  function draw() {
    const first = newestSeen === null;
    const present = new Set();
    let before = null, place = null;
    chats.drawn(state, first);
    const messages = state.messages.filter(chats.shows);
    if (!messages.length) list.replaceChildren();
    if (messages.length && !list.querySelector('.day')) list.prepend(make('li', 'day', words.today));
    place = list.querySelector('.day');
    for (const message of messages) {
      present.add(message.message_id);
      const text = JSON.stringify([message, before && before.from_bot, before && before.author]);
      const old = shown.get(message.message_id);
      let node = old && old.node;
      if (!old || old.text !== text) {
        const focused = node && node.contains(document.activeElement) ? document.activeElement.dataset.data : undefined;
        node = render(message, before);
        if (old) {
          node.classList.add(old.edited === message.edited ? 'same' : 'changed');
          old.node.replaceWith(node);
          // Keep the keyboard user's place when a card is redrawn under the finger.
          if (focused !== undefined) {
            const again = [...node.querySelectorAll('.key')];
            (again.find((one) => one.dataset.data === focused) || again[0] || field).focus({ preventScroll: true });
          }
        } else if (!first) {
          node.classList.add('new');
          if (message.is_mine) follows = true;
        }
        shown.set(message.message_id, { node, text, edited: message.edited });
      }
      if (node.previousElementSibling !== place) place ? place.after(node) : list.prepend(node);
      place = node;
      before = message;
    }
    for (const [id, { node }] of shown) if (!present.has(id)) { node.remove(); shown.delete(id); }
    // Another topic of the open chat rings as well.
    const arrived = first ? null : state.messages.filter((message) => message.from_bot && message.message_id > newestSeen).pop();
    newestSeen = Math.max(newestSeen || 0, ...state.messages.map((message) => message.message_id));
    frame();
    spinners();
    toasts();
    presence();
    stick();
    if (arrived && !arrived.silent) ring(title(), arrived.text.split('\n')[0] || words.photo, () => { follows = true; stick(); });
  }
  const title = () => chats.title() || state.bot;
  function frame() {
    $('bot-name').textContent = title();
    document.title = title();
    for (const face of $('phone').querySelectorAll('.bar .face, .welcome .face')) face.textContent = [...title()][0] || '🤖';
    const empty = state.messages.length === 0 && chats.isPrivate();
    $('welcome').hidden = state.messages.length > 0;
    $('welcome-title').textContent = chats.title() || words.hello;
    $('welcome-text').textContent = chats.firstSteps() || words.intro;
    for (const face of $('phone').querySelectorAll('.bar .face, .welcome .face')) face.classList.toggle('group', !chats.isPrivate());
    $('clip').hidden = !chats.isPrivate();
    $('reader').hidden = !chats.closedTo();
    $('reader').textContent = chats.closedTo() || '';
    $('start').hidden = !(empty || state.blocked);
    $('start').textContent = state.blocked ? words.restart : words.start;
    // Unlike Telegram's, this field is open from the start: the demo's first line can be typed at once.
    $('form').hidden = state.blocked || Boolean(chats.closedTo());
    $('menu').hidden = !state.commands.length;
    const pinned = state.messages.filter(chats.shows).filter((message) => message.pinned).pop();
    $('pinned').hidden = !pinned;
    if (pinned) {
      $('pinned').querySelector('b').textContent = words.pinned;
      $('pinned').querySelector('span').textContent = pinned.text || words.photo;
      $('pinned').onclick = () => shown.get(pinned.message_id).node.scrollIntoView({ block: 'center', behavior: 'smooth' });
    }
    refresh($('commands'), JSON.stringify([state.commands, chats.isPrivate()]), (menu) => state.commands.forEach((command) => {
      const item = make('li'), button = make('button');
      button.type = 'button';
      button.append(make('b', '', `/${command.command}`), make('span', '', command.description));
      button.addEventListener('click', () => { say(chats.command(`/${command.command}`)); field.focus({ preventScroll: true }); });
      item.append(button);
      menu.append(item);
    }));
    $('keyboard').hidden = !state.keyboard.length || state.blocked;
    refresh($('keyboard'), JSON.stringify(state.keyboard), (board) => board.append(...keys(state.keyboard, {}).children));
  }
  function refresh(node, text, fill) {
    if (node.dataset.drawn === text) return;
    node.dataset.drawn = text;
    node.replaceChildren();
    fill(node);
  }
  function spinners() {
    const waiting = new Set(state.waiting.map((tap) => `${tap.message_id} ${tap.data}`));
    for (const node of list.querySelectorAll('.key.busy')) {
      const id = node.closest('.message').dataset.id;
      // A tap this fresh may not have reached the state that was just drawn.
      if (!waiting.has(`${id} ${node.dataset.data}`) && Date.now() - Number(node.dataset.pressed || 0) > 150) rest(node);
      else setTimeout(() => state && spinnersLater(node, id), 400);
    }
  }
  function spinnersLater(node, id) {
    const still = state.waiting.some((tap) => String(tap.message_id) === id && tap.data === node.dataset.data);
    if (!still) rest(node);
  }
  function presence() {
    const line = $('presence');
    const typing = connected && state && state.typing;
    line.className = typing ? 'typing' : '';
    const text = !connected || !state || !state.online ? words.offline : typing ? words.typing : chats.standing() || words.bot;
    if (line.textContent !== text) line.textContent = text;
    clearTimeout(presence.timer);
    if (typing) presence.timer = setTimeout(() => { state.typing = false; presence(); }, 5000);
  }

  // --- Toasts, alerts, the ring ------------------------------------------------------------------
  function toasts() {
    const first = toastSeen === null;
    toastSeen ??= 0;
    for (const one of state.toasts) {
      if (one.number <= toastSeen) continue;
      toastSeen = one.number;
      if (first) continue;
      if (one.opens) chats.follow(one.opens);
      if (!one.text) continue;
      if (one.alert) { $('alert-text').textContent = one.text; if (!$('alert').open) $('alert').showModal(); }
      else toast(one.text);
    }
  }
  function toast(text) {
    const node = $('toast');
    node.hidden = true;
    node.textContent = text;
    void node.offsetWidth;
    node.hidden = false;
    clearTimeout(toast.timer);
    toast.timer = setTimeout(() => { node.hidden = true; }, 3200);
  }
  let lastSaid = 0;
  function ring(from, text, show) {
    // Answers to one's own words and taps do not ring: the person is looking.
    if (Date.now() - lastSaid < 2500) return;
    const phone = $('phone'), banner = $('banner');
    phone.classList.remove('ring');
    void phone.offsetWidth;
    phone.classList.add('ring');
    banner.querySelector('.face').textContent = [...from][0] || '🤖';
    banner.querySelector('b').textContent = from;
    banner.querySelector('span').textContent = text || words.photo;
    banner.onclick = () => { banner.hidden = true; show(); };
    banner.hidden = false;
    clearTimeout(ring.timer);
    ring.timer = setTimeout(() => { banner.hidden = true; phone.classList.remove('ring'); }, 4200);
    if (navigator.vibrate && navigator.userActivation?.hasBeenActive) navigator.vibrate([60, 40, 60]);
    if (window.parent !== window) window.parent.postMessage({ tautan: 'ring', user }, location.origin);
  }

  // --- Writing -----------------------------------------------------------------------------------
  function grow() {
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight + 2, 120)}px`;
    $('send').disabled = !field.value.trim();
  }
  function closeCommands() { $('commands').hidden = true; $('menu').setAttribute('aria-expanded', 'false'); }
  field.addEventListener('input', grow);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); $('form').requestSubmit(); }
  });
  $('form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = field.value;
    if (!text.trim()) return;
    field.value = '';
    grow();
    if (!await say(text)) { field.value = text; grow(); }
  });
  $('menu').addEventListener('click', () => {
    const opening = $('commands').hidden;
    $('commands').hidden = !opening;
    $('menu').setAttribute('aria-expanded', String(opening));
    if (opening) $('commands').querySelector('button')?.focus();
  });
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && !$('commands').hidden) { closeCommands(); $('menu').focus(); } });
  document.addEventListener('click', (event) => { if (!event.target.closest('footer')) closeCommands(); });
  $('start').addEventListener('click', async () => { await say('/start'); field.focus({ preventScroll: true }); });
  for (const kind of ['click', 'keydown']) document.addEventListener(kind, () => { lastSaid = Date.now(); }, { capture: true, passive: true });
  // The page around two phones hands over addresses of the other one's that belong here.
  window.addEventListener('message', (event) => {
    if (event.origin === location.origin && event.data?.tautan === 'follow') chats.follow(event.data.url);
  });

  chats.attach({ say, toast, ring, reopen, redraw: () => { follows = true; draw(); } });
  grow();
  presence();
  listen();
})();
