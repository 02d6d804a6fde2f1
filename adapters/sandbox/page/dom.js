import { texts } from './texts.js';

/** The element of the page with this id. */
export const byId = (id) => document.getElementById(id);

/**
 * Makes an element. Text goes in as text nodes only, so that nothing anybody wrote is ever read as markup.
 * `on…` properties are listeners; `aria-…`, `role` and the like become attributes.
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key in element && !key.includes('-')) element[key] = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** Control, bidirectional and invisible characters that could make a name look like another or turn a line around. */
const hidden =
  /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/** A name or file name as it may be shown. */
export function shownName(name) {
  const plain = (name ?? '').toWellFormed().replace(hidden, '').trim();
  return plain === '' ? texts.noName : plain;
}

/** A name isolated from the direction of what stands around it. */
export const nameNode = (name) => el('bdi', {}, shownName(name));

/** Where somebody's avatar shows one character. */
export function avatar(person, size = '') {
  const name = shownName(person.name);
  const short = Array.from(name.split(/[（(·]/)[0]);
  const letter = person.bot ? '青' : short.length <= 3 ? short.at(-1) : short[0];
  const node = el('span', {
    className: `avatar ${size} ${person.bot ? 'bot' : (person.role ?? '')}`,
    'aria-hidden': 'true',
  });
  node.append(letter ?? '？');
  let hash = 7;
  for (const char of person.id) hash = (hash * 31 + char.codePointAt(0)) % 997;
  node.style.setProperty('--hue', String((hash * 47) % 360));
  return node;
}

/** Size of a file in words. */
export function sizeText(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(bytes < 10_240 ? 1 : 0)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

let toastTimer;

/** Tells something that went wrong, for a few seconds; read out at once by screen readers. */
export function toast(text) {
  const node = byId('toast');
  node.textContent = text;
  node.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    node.hidden = true;
  }, 6_000);
}

/** Says something to screen readers only. */
export function announce(text) {
  byId('announce').textContent = text;
}
