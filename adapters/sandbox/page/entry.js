import { read } from './api.js';
import { cardNode } from './card.js';
import { startQuote } from './composer.js';
import { avatar, el, nameNode, shownName, sizeText } from './dom.js';
import { openPicture } from './lightbox.js';
import { find, hasNamesake, numberOf, personOf, state } from './state.js';
import { plainOf } from './summary.js';
import { texts } from './texts.js';
import { clockText } from './time.js';

/** Entries that are no message of anybody: a thin line in the middle. */
export const isLine = (entry) => entry.type !== 'said' && entry.type !== 'sent';

/** One entry of the conversation. `follows`: it stands together with the one before, without avatar and name. */
export function entryNode(entry, follows) {
  if (isLine(entry)) return el('li', { className: 'line' }, el('span', {}, plainOf(entry)));
  const person = personOf(entry.from);
  const own = entry.from === state.as;
  const classes = [
    'message',
    own ? 'own' : 'other',
    person.bot && 'by-bot',
    follows && 'follows',
    entry.waiting && 'waiting',
  ];
  return el(
    'li',
    { className: classes.filter(Boolean).join(' ') },
    el('span', { className: 'message-avatar' }, follows ? undefined : avatar(person)),
    el(
      'article',
      { className: 'message-body' },
      el('header', { className: follows ? 'unseen' : 'message-head' }, ...headOf(entry, person)),
      quoteNode(entry.quote),
      el('div', { className: 'message-row' }, contentNode(entry, person), quoteButton(entry, person)),
      el('p', { className: 'message-wait' }, texts.waiting),
    ),
  );
}

function headOf(entry, person) {
  const badge = person.bot ? texts.botBadge : person.role === 'cadre' ? texts.cadre : undefined;
  return [
    nameNode(person.name),
    hasNamesake(person) && el('small', {}, numberOf(person)),
    badge && el('span', { className: `role ${person.bot ? 'bot' : 'cadre'}` }, badge),
    el('time', {}, clockText(entry.at)),
  ].filter(Boolean);
}

function quoteButton(entry, person) {
  return el(
    'button',
    {
      type: 'button',
      className: 'quote-button',
      'aria-label': texts.quoteOf(shownName(person.name)),
      onclick: () => startQuote(entry),
    },
    texts.quote,
  );
}

function quoteNode(quote) {
  if (!quote) return undefined;
  const kind = texts.kinds[quote.kind] ?? '';
  return el(
    'button',
    { type: 'button', className: 'quoted', onclick: () => find(quote.id) },
    nameNode(personOf(quote.from).name),
    `：${kind}${quote.text}`,
  );
}

function contentNode(entry, person) {
  if (entry.type === 'sent') {
    const { content } = entry;
    if (content.type === 'card') return cardNode(entry);
    if (content.type === 'image') return pictureNode(content.file, content.alt);
    if (content.type === 'file') return fileNode(content.file);
    return textNode(entry.id, content);
  }
  if (entry.kind === 'image') return pictureNode(entry.file, texts.pictureOf(shownName(person.name)));
  return entry.file ? fileNode(entry.file) : textNode(entry.id, entry);
}

function textNode(id, { text, mentions, mentionsBot, longer }) {
  const ids = [...(mentions ?? []), ...(mentionsBot ? ['bot'] : [])];
  const bubble = el('div', { className: 'bubble', dir: 'auto' }, ...withMentions(text, ids));
  if (ids.includes(state.as)) bubble.classList.add('for-me');
  if (longer === undefined) return bubble;
  const more = el('button', { type: 'button', className: 'quiet' }, texts.wholeText(longer));
  more.addEventListener('click', async () => {
    const whole = await read(`text/${encodeURIComponent(id)}`);
    bubble.replaceChildren(...withMentions(whole.text, ids));
  });
  bubble.append('…', more);
  return bubble;
}

/** The text with its mentions set off, longest names first so that one name within another is not cut. */
function withMentions(text, ids) {
  const names = [...new Set(ids.map((id) => `@${personOf(id).name}`))].sort((a, b) => b.length - a.length);
  const nodes = [];
  let rest = text;
  while (rest !== '') {
    let first;
    for (const name of names) {
      const at = rest.indexOf(name);
      if (at >= 0 && (first === undefined || at < first.at)) first = { at, name };
    }
    if (!first) return [...nodes, rest];
    if (first.at > 0) nodes.push(rest.slice(0, first.at));
    nodes.push(el('bdi', { className: 'mention' }, `@${shownName(first.name.slice(1))}`));
    rest = rest.slice(first.at + first.name.length);
  }
  return nodes;
}

function pictureNode(file, alt) {
  if (!file.type.startsWith('image/')) return fileNode(file);
  const image = el('img', { src: `/files/${file.id}`, alt });
  image.addEventListener('load', () => {
    image.classList.toggle(
      'long',
      image.naturalHeight > image.naturalWidth * 1.6 && image.naturalHeight > 600,
    );
  });
  return el(
    'button',
    {
      type: 'button',
      className: 'picture',
      'aria-label': texts.openPicture(alt),
      onclick: () => openPicture(file, alt),
    },
    image,
    el('span', { className: 'picture-more', 'aria-hidden': 'true' }, texts.wholePicture),
  );
}

function fileNode(file) {
  const name = shownName(file.name);
  const ending = /\.([\p{L}\p{N}]{1,5})$/u.exec(name)?.[1] ?? '?';
  return el(
    'a',
    {
      className: 'file',
      href: `/files/${file.id}`,
      download: name,
      'aria-label': texts.download(name, sizeText(file.size)),
    },
    el('span', { className: 'file-kind', 'aria-hidden': 'true' }, ending.toUpperCase()),
    el('span', { className: 'file-text' }, nameNode(file.name), el('small', {}, sizeText(file.size))),
  );
}
