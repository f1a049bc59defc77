// Which chat is open and the list of all of them: the private chat with the bot, groups, topics and channels.
// `phone.js` draws the open chat; it asks here where words and taps go, and tells of every new state.
const chats = (() => {
  'use strict';
  const user = document.body.dataset.user;
  const indonesian = document.documentElement.lang === 'id';
  const words = indonesian
    ? { chats: 'Percakapan', fresh: 'Grup atau channel baru', about: 'Tentang grup ini', aboutChannel: 'Tentang channel ini', name: 'Nama', kinds: { group: 'Grup', forum: 'Grup dengan topik', channel: 'Channel' }, names: { group: 'Tim Kaos', forum: 'Toko Ani', channel: 'Kabar Kaos' }, create: 'Buat', cancel: 'Tutup', general: 'Umum', pickGroup: 'Bot dibawa ke grup mana?', pickChannel: 'Bot dibawa ke channel mana?', bot: { absent: 'bot belum ada di sini', kicked: 'bot sudah dikeluarkan', member: 'bot ada di sini', admin: 'bot admin di sini', restricted: 'bot tidak boleh menulis' }, adds: '➕ Tambahkan bot', lets: '🔊 Izinkan bot menulis', promotes: '⭐ Jadikan bot admin', mutes: '🔇 Larang bot menulis', removes: '➖ Keluarkan bot', take: (name) => `📱 Pakai HP ${name}`, holding: (name) => `HP ${name}`, back: (name) => `Kembali ke HP ${name}`, reader: 'Hanya pemilik channel yang menulis di sini.', hint: 'Eve ikut di dalamnya: orang luar yang tidak bekerja di toko.', failed: 'Tidak bisa. Coba lagi.', steps: { absent: 'Bot belum ada di sini. Tambahkan lewat tombol ⋮ di atas.', there: 'Tulis /alerts@tautan_bot supaya pembayaran berbunyi di sini.', channel: 'Bot belum ada di sini. Bawa lewat chat dengan bot: /settings, lalu Kabar di grup.' }, fresher: 'baru' }
    : { chats: 'Chats', fresh: 'New group or channel', about: 'About this group', aboutChannel: 'About this channel', name: 'Name', kinds: { group: 'Group', forum: 'Group with topics', channel: 'Channel' }, names: { group: 'Shirt team', forum: 'Ani’s shop', channel: 'Shirt news' }, create: 'Create', cancel: 'Close', general: 'General', pickGroup: 'Which group does the bot join?', pickChannel: 'Which channel does the bot join?', bot: { absent: 'the bot is not here yet', kicked: 'the bot was removed', member: 'the bot is here', admin: 'the bot is an admin', restricted: 'the bot may not write' }, adds: '➕ Add the bot', lets: '🔊 Let the bot write', promotes: '⭐ Make the bot an admin', mutes: '🔇 Stop the bot from writing', removes: '➖ Remove the bot', take: (name) => `📱 Take ${name}’s phone`, holding: (name) => `${name}’s phone`, back: (name) => `Back to ${name}’s phone`, reader: 'Only the owner of the channel writes here.', hint: 'Eve is in it as well: a stranger who works for no shop.', failed: 'Not possible. Try again.', steps: { absent: 'The bot is not here yet. Add it with the ⋮ button above.', there: 'Write /alerts@tautan_bot so that payments ring here.', channel: 'The bot is not here yet. Bring it from the chat with the bot: /settings, then Group notices.' }, fresher: 'new' };
  const $ = (id) => document.getElementById(id);
  const make = (tag, className, text) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const button = (className, text, run) => {
    const node = make('button', className, text);
    node.type = 'button';
    node.addEventListener('click', run);
    return node;
  };
  // The address remembers the chat, so that reloading and taking another phone keep the place.
  let current = Number(/^#(-\d+)$/.exec(location.hash)?.[1]) || null;
  let topic = null, state = null, phone = null;
  /** What the page was opened for: an address that leads to this chat. */
  let asked = /^#follow=(.+)$/.exec(location.hash)?.[1];
  /** The newest message seen in each chat, and the newest that rang there. */
  const seen = new Map(), rang = new Map();

  const group = () => (state && state.group && state.group.id === current ? state.group : null);
  const path = (action) => (current ? `${user}/groups/${current}/${action}` : `${user}/${action}`);

  async function ask(address, body) {
    const answer = await fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }).catch(() => null);
    if (answer?.ok) return answer;
    phone.toast(words.failed);
    return null;
  }

  function open(id, thread = null) {
    topic = thread;
    if (current === id) { phone.redraw(); return; }
    current = id;
    history.replaceState(null, '', `${location.pathname}${location.search}${id ? `#${id}` : ''}`);
    phone.reopen();
  }

  // --- Addresses that stay inside Telegram ------------------------------------------------------
  /** Opens what a t.me address of the bot's asks for; false for every other address. */
  function follow(address) {
    let url;
    try { url = new URL(address); } catch { return false; }
    if (url.hostname !== 't.me' || url.pathname !== '/tautan_bot') return false;
    if (url.searchParams.has('startgroup')) pick(address, false);
    else if (url.searchParams.has('startchannel')) pick(address, true);
    else {
      open(null);
      const payload = url.searchParams.get('start');
      if (payload) phone.say(`/start ${payload}`);
    }
    return true;
  }
  function pick(address, wantsChannel) {
    const fitting = state.chats.filter((chat) => chat.kind !== 'private' && (chat.kind === 'channel') === wantsChannel);
    const come = async (id) => {
      if (!await ask(`${user}/groups/${id}/picked`, { address })) return;
      $('sheet').close();
      open(id);
    };
    const choices = fitting.map((chat) => button('choice', chat.title, () => come(chat.id)));
    const kinds = wantsChannel ? ['channel'] : ['group', 'forum'];
    sheet(wantsChannel ? words.pickChannel : words.pickGroup, choices, maker(kinds, come));
  }

  // --- The sheet: what can be done with a group, and making one -----------------------------------
  function sheet(title, ...parts) {
    const dialog = $('sheet');
    $('sheet-title').textContent = title;
    $('sheet-body').replaceChildren(...parts.flat());
    $('sheet-close').textContent = words.cancel;
    if (!dialog.open) dialog.showModal();
  }
  function maker(kinds, done) {
    const form = make('form', 'maker');
    const name = make('input');
    name.maxLength = 128;
    name.required = true;
    name.setAttribute('aria-label', words.name);
    name.value = words.names[kinds[0]];
    const picks = kinds.map((kind, index) => {
      const label = make('label', 'pick');
      const radio = make('input');
      Object.assign(radio, { type: 'radio', name: 'kind', value: kind, checked: index === 0 });
      radio.addEventListener('change', () => {
        if (Object.values(words.names).includes(name.value)) name.value = words.names[kind];
      });
      label.append(radio, words.kinds[kind]);
      return label;
    });
    const submit = make('button', 'choice main', words.create);
    form.append(name, ...(kinds.length > 1 ? picks : []), make('p', 'hint', words.hint), submit);
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const kind = kinds.length > 1 ? new FormData(form).get('kind') : kinds[0];
      const answer = await ask(`${user}/groups`, { title: name.value, kind });
      if (answer) await done((await answer.json()).chat);
    });
    return form;
  }
  function about(shown) {
    const act = (label, name) => button('choice', label, async () => {
      if (await ask(path('bot'), { act: name })) $('sheet').close();
    });
    const isThere = !['absent', 'kicked'].includes(shown.bot);
    const isChannel = shown.kind === 'channel';
    const acts = [];
    if (shown.is_mine) {
      if (!isThere) acts.push(act(words.adds, 'adds'));
      if (shown.bot === 'restricted') acts.push(act(words.lets, 'adds'));
      if (shown.bot === 'member') acts.push(act(words.promotes, 'promotes'));
      if (isThere && shown.bot !== 'restricted' && (isChannel || shown.kind === 'forum')) acts.push(act(words.mutes, 'mutes'));
      if (isThere) acts.push(act(words.removes, 'removes'));
    }
    const others = shown.members.filter((member) => member.id !== state.me.id);
    const phones = others.map((member) => button('choice', words.take(member.name), () => take(member.id)));
    sheet(shown.title, make('p', 'hint', words.bot[shown.bot]), acts, phones);
  }
  function take(id) {
    // Whose phone this page was opened with is remembered, for the way back.
    if (!sessionStorage.getItem('home')) sessionStorage.setItem('home', JSON.stringify(state.me));
    location.assign(address(id));
  }
  const address = (id) => `${id}?lang=${document.documentElement.lang}${current ? `#${current}` : ''}`;
  const home = () => {
    const kept = JSON.parse(sessionStorage.getItem('home') || 'null');
    if (kept && String(kept.id) === user) sessionStorage.removeItem('home');
    return kept && String(kept.id) !== user ? kept : null;
  };

  // --- Drawing ------------------------------------------------------------------------------------
  const key = (id, thread) => `${id} ${thread ?? ''}`;
  /** Keeps what is shown as seen, and rings for what came into a chat that is not open. */
  function drawn(next, first) {
    state = next;
    if (current && !state.group) { current = null; topic = null; }
    for (const chat of state.chats) {
      const isOpen = chat.id === (current ?? state.me.id);
      const newest = chat.newest ? chat.newest.message_id : 0;
      if (first && !seen.has(chat.id)) seen.set(chat.id, newest);
      if (newest > (seen.get(chat.id) ?? 0)) {
        if (isOpen) seen.set(chat.id, newest);
        else if (rang.get(chat.id) !== newest) {
          rang.set(chat.id, newest);
          if (!chat.newest.silent) phone.ring(chat.title, chat.newest.text, () => open(chat.id === state.me.id ? null : chat.id));
        }
      }
    }
    list();
    topics();
    holder();
    if (asked) {
      const address = decodeURIComponent(asked);
      asked = null;
      history.replaceState(null, '', `${location.pathname}${location.search}`);
      follow(address);
    }
    $('more').hidden = false;
    $('more').setAttribute('aria-label', group() ? (group().kind === 'channel' ? words.aboutChannel : words.about) : words.fresh);
    $('more').classList.toggle('in-group', Boolean(group()));
  }
  function list() {
    const nav = $('chats');
    nav.hidden = state.chats.length < 2;
    if (nav.hidden) return;
    nav.setAttribute('aria-label', words.chats);
    const add = button('chat-line add', '＋', fresh);
    add.setAttribute('aria-label', words.fresh);
    refresh(nav, [state.chats, current, [...seen]], () => [...state.chats.map((chat) => {
      const id = chat.kind === 'private' ? null : chat.id;
      const line = button('chat-line', undefined, () => open(id));
      const face = make('i', `face small ${chat.kind}`, [...chat.title][0]);
      face.setAttribute('aria-hidden', 'true');
      const said = make('span', 'said');
      said.append(make('b', '', chat.title), make('small', '', chat.newest ? chat.newest.text : ''));
      line.append(face, said);
      if (id === current) line.setAttribute('aria-current', 'true');
      else if (chat.newest && chat.newest.message_id > (seen.get(chat.id) ?? 0)) {
        const dot = make('span', 'dot');
        dot.setAttribute('role', 'img');
        dot.setAttribute('aria-label', words.fresher);
        line.append(dot);
      }
      return line;
    }), add]);
    // The chat that was just opened may stand beyond the edge of the row.
    if (list.open !== current) nav.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
    list.open = current;
  }
  function topics() {
    const shown = group();
    const isForum = Boolean(shown && shown.kind === 'forum');
    $('topics').hidden = !isForum;
    if (!isForum) return;
    const all = [{ number: null, name: words.general }, ...shown.topics];
    if (!all.some((one) => one.number === topic)) topic = null;
    const tabs = all.map((one) => {
      const heard = state.messages.filter((message) => message.from_bot && (message.thread ?? null) === one.number);
      const newest = heard.length ? heard[heard.length - 1].message_id : 0;
      const place = key(current, one.number);
      if (one.number === topic || !seen.has(place)) seen.set(place, newest);
      return { ...one, isOpen: one.number === topic, label: `${one.name}${newest > seen.get(place) ? ' •' : ''}` };
    });
    refresh($('topics'), [current, tabs], () => tabs.map((one) => {
      const tab = button('topic', one.label, () => open(current, one.number));
      if (one.isOpen) tab.setAttribute('aria-current', 'true');
      return tab;
    }));
  }
  /** Draws again only what changed: a finger may be on it. */
  function refresh(node, content, draw) {
    const text = JSON.stringify(content);
    if (node.dataset.drawn === text) return;
    node.dataset.drawn = text;
    node.replaceChildren(...draw());
  }
  function holder() {
    const owner = home();
    $('holder').hidden = !owner;
    if (!owner) return;
    const goBack = () => location.assign(address(owner.id));
    refresh($('holder'), [owner, state.me], () => [make('b', '', words.holding(state.me.name)), button('', words.back(owner.name), goBack)]);
  }
  function fresh() {
    sheet(words.fresh, maker(['group', 'forum', 'channel'], async (id) => { $('sheet').close(); open(id); }));
  }

  $('more').addEventListener('click', () => (group() ? about(group()) : fresh()));
  return {
    $,
    make,
    path,
    follow,
    drawn,
    /** Where the events of the open chat come from. */
    events: () => `${user}/events${current ? `?chat=${current}` : ''}`,
    /** What is said, as the open chat takes it. */
    saying: (text) => (current ? { text, thread: topic } : { text }),
    /** A command as it is written here: in a group with the bot's name behind it. */
    command: (text) => (current && !text.includes('@') ? `${text}@tautan_bot` : text),
    shows: (message) => !group() || group().kind !== 'forum' || (message.thread ?? null) === topic,
    isPrivate: () => !current,
    /** Title and the line below it, in a group. */
    title: () => group()?.title,
    standing: () => {
      const shown = group();
      return shown && [...(shown.kind === 'channel' ? [] : [shown.members.map((member) => member.name).join(', ')]), words.bot[shown.bot]].join(' · ');
    },
    /** What to do first in an empty group. */
    firstSteps: () => {
      const shown = group();
      if (!shown) return null;
      if (shown.kind === 'channel') return words.steps.channel;
      return ['absent', 'kicked'].includes(shown.bot) ? words.steps.absent : words.steps.there;
    },
    /** Why nothing can be written here; nothing where it can. */
    closedTo: () => (group() && group().kind === 'channel' && !group().is_mine ? words.reader : null),
    attach: (own) => { phone = own; },
    /** Something could not be sent. */
    lost: () => phone.toast(words.failed),
  };
})();
