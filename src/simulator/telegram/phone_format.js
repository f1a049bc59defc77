// Formatted text: a tree of entities, built from text nodes only. Gives the function that adds a text to a node;
// taps on it open an address, copy a text or say a command, as the phone does these.
const formatting = (phone) => {
  'use strict';
  const { make, open, copy, framed, command } = phone;
  function wrap(entity, text) {
    const simple = { bold: 'strong', italic: 'em', underline: 'u', strikethrough: 's', pre: 'pre', blockquote: 'blockquote', expandable_blockquote: 'blockquote' };
    if (simple[entity.type]) return make(simple[entity.type]);
    const live = (run, className = 'live') => {
      const node = make('button', className);
      node.type = 'button';
      node.addEventListener('click', run);
      return node;
    };
    switch (entity.type) {
      case 'code': {
        // Telegram copies it. Beside another phone a copied address is also what that phone opens.
        const hand = () => { if (framed && /^https?:/i.test(text)) open(text); else copy(text); };
        const node = live(hand, 'copy');
        node.append(make('code'));
        return node;
      }
      case 'spoiler': { const node = live(() => node.classList.add('open'), 'spoiler'); return node; }
      case 'bot_command': return live(() => command(text));
      case 'text_link': case 'url': case 'email': {
        const node = make('a');
        const target = entity.url || (entity.type === 'email' ? `mailto:${text}` : /^https?:/i.test(text) ? text : `http://${text}`);
        if (!/^(https?|mailto|tg):/i.test(target)) return make('span');
        node.href = target;
        node.rel = 'noopener noreferrer';
        node.addEventListener('click', (event) => { event.preventDefault(); open(node.href); });
        return node;
      }
      case 'mention': case 'hashtag': return make('span', 'live');
      default: return make('span');
    }
  }
  function format(parent, text, entities, from, to) {
    let at = from;
    for (let index = 0; index < entities.length; index++) {
      const entity = entities[index], end = Math.min(entity.offset + entity.length, to);
      if (entity.offset < at) continue;
      if (entity.offset >= to) break;
      parent.append(text.slice(at, entity.offset));
      const node = wrap(entity, text.slice(entity.offset, end));
      const inner = entities.slice(index + 1).filter((other) => other.offset < end);
      format(node.firstElementChild || node, text, inner, entity.offset, end);
      parent.append(node);
      at = end;
    }
    parent.append(text.slice(at, to));
  }
  return format;
};
