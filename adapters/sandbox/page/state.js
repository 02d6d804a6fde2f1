import { read } from './api.js';
import { texts } from './texts.js';

/**
 * What the page knows. Parts of the page listen for: `who` (another person or chat), `entry`, `entries` (a chat was
 * loaded), `people`, `unread`, `taken`,
 * `clock`, `find` (a message is to be brought into view).
 */
export const state = {
  life: '',
  seq: 0,
  group: '',
  people: new Map(),
  /** Who is being played, and which of the two chats is open: 'group' or 'private'. */
  as: '',
  where: 'group',
  /** Chat key → { entries, more }; a chat that was never opened is not here. */
  chats: new Map(),
  unread: new Map(),
};

const listeners = new EventTarget();
export const on = (name, listener) => listeners.addEventListener(name, (event) => listener(event.detail));
const tell = (name, detail) => listeners.dispatchEvent(new CustomEvent(name, { detail }));

const bot = { id: 'bot', name: texts.bot, bot: true };

/** Who an id is; the bot without one. */
export const personOf = (id) =>
  id === undefined || id === 'bot' ? bot : (state.people.get(id) ?? { id, name: id });
export const me = () => personOf(state.as);
export const keyOf = (kind, id) => (kind === 'group' ? 'group' : `private:${id}`);
export const openKey = () => keyOf(state.where, state.as);
export const openChat = () => state.chats.get(openKey());
export const cadre = () => [...state.people.values()].find((person) => person.role === 'cadre');

/** Whether two people in the sandbox share this one's name. */
export const hasNamesake = (person) =>
  [...state.people.values()].some((p) => p.id !== person.id && p.name === person.name);

/** `编号 017`, to tell namesakes apart. */
export const numberOf = (person) =>
  person.role === 'cadre' ? '' : texts.number(person.id.replace('youth-', ''));

/** Reads everything anew and opens the chat that the address names. */
export async function load() {
  const fresh = await read('state');
  state.life = fresh.life;
  state.seq = fresh.seq;
  state.group = fresh.group;
  for (const person of fresh.people) state.people.set(person.id, person);
  tell('clock', { now: fresh.now });
  const wanted = new URLSearchParams(location.hash.slice(1));
  const as = state.people.has(wanted.get('as')) ? wanted.get('as') : (cadre()?.id ?? fresh.people[0].id);
  await open(as, wanted.get('chat') === 'private' ? 'private' : 'group');
}

/** Plays a person, in one of their two chats. */
export async function open(as, where) {
  state.as = as;
  state.where = where;
  history.replaceState(null, '', `#${new URLSearchParams({ as, chat: where })}`);
  state.unread.delete(openKey());
  await Promise.all([loadChat('group', state.group), loadChat('private', as)]);
  if (state.as !== as || state.where !== where) return;
  tell('who');
  tell('unread');
}

async function loadChat(kind, id) {
  if (state.chats.has(keyOf(kind, id))) return;
  const page = await read(`entries?${new URLSearchParams({ kind, chat: id })}`);
  if (!state.chats.has(keyOf(kind, id))) state.chats.set(keyOf(kind, id), page);
}

/** Reads one more page of the open chat's past. */
export async function loadOlder() {
  const key = openKey();
  const chat = state.chats.get(key);
  const before = chat.entries[0]?.seq;
  const id = state.where === 'group' ? state.group : state.as;
  const page = await read(`entries?${new URLSearchParams({ kind: state.where, chat: id, before })}`);
  chat.entries.unshift(...page.entries.filter((e) => e.seq < before));
  chat.more = page.more;
  if (openKey() === key) tell('entries');
}

/** Takes in an entry, from the stream or as the answer to one's own act; one that is known already changes nothing. */
export function takeEntry(entry) {
  if (entry.type === 'joined' || entry.type === 'left') {
    state.people.set(entry.person.id, { ...entry.person, member: entry.type === 'joined' });
    tell('people');
  }
  const key = keyOf(entry.chat.kind, entry.chat.id);
  const chat = state.chats.get(key);
  if (chat) {
    if (chat.entries.some((e) => e.id === entry.id)) return;
    const at = chat.entries.findLastIndex((e) => e.seq < entry.seq) + 1;
    // Older than what is loaded: the page of the past will bring it.
    if (at === 0 && chat.more) return;
    chat.entries.splice(at, 0, entry);
    tell('entry', { key, entry, last: at === chat.entries.length - 1 });
  }
  const own = entry.from === state.as;
  const spoken = entry.type === 'said' || entry.type === 'sent';
  if (spoken && !own && (key !== openKey() || document.hidden)) {
    state.unread.set(key, (state.unread.get(key) ?? 0) + 1);
  }
  tell('unread');
}

/** The bot has taken these; with `all` they are the only ones it has not. */
export function takeTaken(id) {
  for (const chat of state.chats.values()) {
    const entry = chat.entries.find((e) => e.id === id);
    if (entry) entry.waiting = false;
  }
  tell('taken', { id });
}

/** Of everything loaded, only these are still waiting for the bot. */
export function takeWaiting(ids) {
  const waiting = new Set(ids);
  for (const chat of state.chats.values()) {
    for (const entry of chat.entries) if (entry.waiting && !waiting.has(entry.id)) takeTaken(entry.id);
  }
}

/** Somebody wants to see this message of the open chat. */
export const find = (id) => tell('find', { id });

export const takeClock = (now) => tell('clock', { now });
/** The open chat is being looked at. */
export function seen() {
  if (state.unread.delete(openKey())) tell('unread');
}
