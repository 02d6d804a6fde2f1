import { announce, byId, el, shownName } from './dom.js';
import { entryNode, isLine } from './entry.js';
import { loadOlder, me, on, openChat, openKey, seen, state } from './state.js';
import { summaryOf } from './summary.js';
import { texts } from './texts.js';
import { dayOf, whenText } from './time.js';

/** Messages further apart than this get a time between them; messages of one person within it stand together. */
const pause = 5 * 60_000;
let now = 0;
let shownKey = '';

const log = () => byId('log');
const atEnd = () => log().scrollHeight - log().scrollTop - log().clientHeight < 80;

function toEnd() {
  log().scrollTop = log().scrollHeight;
  byId('newest').hidden = true;
}

/** The nodes of one entry, given the one before it: perhaps a time, then the entry. */
function nodesOf(entry, before) {
  const apart = !before || entry.at - before.at > pause || dayOf(entry.at) !== dayOf(before.at);
  const follows =
    !apart && before && !isLine(before) && before.from === entry.from && before.type === entry.type;
  const node = entryNode(entry, follows);
  node.dataset.id = entry.id;
  return apart ? [el('li', { className: 'time' }, el('time', {}, whenText(entry.at, now))), node] : [node];
}

function showAll() {
  const { entries, more } = openChat();
  byId('entries').replaceChildren(...entries.flatMap((entry, i) => nodesOf(entry, entries[i - 1])));
  byId('older').hidden = !more;
  const spoken = entries.some((entry) => !isLine(entry));
  byId('empty').hidden = spoken;
  byId('empty').textContent = state.where === 'group' ? texts.emptyGroup : texts.emptyPrivate;
}

function showTitle() {
  const group = state.where === 'group';
  const members = [...state.people.values()].filter((person) => person.member).length;
  byId('chat-title').textContent = group ? texts.group : texts.bot;
  byId('chat-me').textContent = texts.iAm(shownName(me().name));
  byId('chat-note').textContent = group ? texts.groupNote(members) : texts.privateNote(shownName(me().name));
  document.title = `${texts.youAre(shownName(me().name), group ? texts.group : texts.privateWithBot)} · ${texts.bot}`;
}

function addOne({ key, entry, last }) {
  if (key !== openKey()) return;
  if (!last) {
    showAll();
    return;
  }
  const { entries } = openChat();
  const follow = atEnd() || entry.from === state.as;
  byId('entries').append(...nodesOf(entry, entries.at(-2)));
  if (!isLine(entry)) byId('empty').hidden = true;
  if (entry.from !== state.as) announce(summaryOf(entry));
  if (follow) toEnd();
  else byId('newest').hidden = false;
}

/** Brings a message into view and marks it for a moment. */
function showEntry(id) {
  const node = byId('entries').querySelector(`[data-id="${CSS.escape(id)}"]`);
  if (!node) return;
  node.scrollIntoView({ block: 'center' });
  node.classList.add('found');
  setTimeout(() => node.classList.remove('found'), 1_600);
}

async function older() {
  const height = log().scrollHeight;
  const top = log().scrollTop;
  byId('older').disabled = true;
  try {
    await loadOlder();
  } finally {
    byId('older').disabled = false;
  }
  log().scrollTop = top + log().scrollHeight - height;
}

export function startConversation() {
  on('clock', (clock) => {
    now = clock.now;
  });
  on('who', () => {
    showTitle();
    showAll();
    const key = `${state.as} ${openKey()}`;
    if (key !== shownKey) toEnd();
    shownKey = key;
  });
  on('people', showTitle);
  on('entries', showAll);
  on('entry', addOne);
  on('find', ({ id }) => showEntry(id));
  on('taken', ({ id }) => {
    byId('entries')
      .querySelector(`[data-id="${CSS.escape(id)}"]`)
      ?.classList.remove('waiting');
  });
  byId('older').addEventListener('click', older);
  byId('newest').addEventListener('click', toEnd);
  log().addEventListener('scroll', () => {
    if (atEnd()) byId('newest').hidden = true;
  });
  // A picture that has just loaded, or a keyboard that opened, must not push the newest message out of sight.
  let stuck = true;
  let top = 0;
  log().addEventListener('scroll', () => {
    if (atEnd()) stuck = true;
    else if (log().scrollTop < top) stuck = false;
    top = log().scrollTop;
  });
  const watcher = new ResizeObserver(() => stuck && toEnd());
  watcher.observe(log());
  watcher.observe(byId('entries'));
  document.addEventListener('visibilitychange', () => !document.hidden && seen());
}
