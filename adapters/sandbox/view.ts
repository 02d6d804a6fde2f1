import type { Entry } from './records.ts';
import type { State } from './state.ts';
import { groupId } from './store.ts';

/** How much of a text the page gets at first, in UTF-16 code units; the rest is fetched when somebody wants it. */
const shownText = 4_000;
const pageLength = 60;

/** Whether the browser must never learn it: what a button says, and the platform's keys. */
export function viewOf(entry: Entry, state: State): object {
  const base = { seq: entry.seq, at: entry.at, id: entry.id, chat: entry.chat, type: entry.type };
  switch (entry.type) {
    case 'said':
      return {
        ...base,
        from: entry.from,
        kind: entry.kind,
        ...clipped(entry.text),
        mentions: entry.mentions,
        mentionsBot: entry.mentionsBot,
        file: entry.file,
        quote: quoteView(entry.quote, state),
        waiting: state.pending.has(entry.id),
      };
    case 'sent':
      return { ...base, content: contentView(entry.content), quote: quoteView(entry.quote, state) };
    case 'pressed':
      return { ...base, from: entry.from, label: entry.label, card: entry.card };
    case 'joined':
    case 'left':
      return { ...base, person: entry.person };
    case 'added':
      return base;
  }
}

/** The last entries of a chat before `before` (a sequence number; the newest without it), and whether there are more. */
export function pageOf(
  state: State,
  chat: Entry['chat'],
  before: number | undefined,
): { entries: object[]; more: boolean } {
  const all = state.inChat(chat);
  const end = before === undefined ? all.length : all.findLastIndex((e) => e.seq < before) + 1;
  const start = Math.max(0, end - pageLength);
  return { entries: all.slice(start, end).map((e) => viewOf(e, state)), more: start > 0 };
}

/** All that the page needs at its opening. */
export function stateView(state: State): object {
  return {
    life: state.life,
    seq: state.lastSeq,
    group: groupId,
    people: [...state.people.values()].map((p) => ({ ...p, member: state.members.has(p.id) })),
  };
}

function clipped(text: string): { text: string; longer?: number } {
  if (text.length <= shownText) return { text };
  // Not between the two halves of a surrogate pair.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(shownText - 1)) ? shownText - 1 : shownText;
  return { text: text.slice(0, end), longer: text.length };
}

function contentView(content: Extract<Entry, { type: 'sent' }>['content']): object {
  if (content.type === 'text') return { ...content, ...clipped(content.text) };
  if (content.type !== 'card') return content;
  return {
    ...content,
    buttons: content.buttons?.map(({ label, style }) => ({ label, style })),
    form: content.form && { submit: content.form.submit, fields: content.form.fields },
  };
}

/** Enough of the quoted entry to show it above the answer, also when it is too old to be on the page. */
function quoteView(id: string | undefined, state: State): object | undefined {
  const entry = id === undefined ? undefined : state.byId.get(id);
  if (!entry) return undefined;
  const short = (text: string): string => Array.from(text.slice(0, 240)).slice(0, 100).join('');
  switch (entry.type) {
    case 'said':
      return { id, from: entry.from, kind: entry.kind, text: short(entry.text || (entry.file?.name ?? '')) };
    case 'sent': {
      const c = entry.content;
      const text =
        c.type === 'text' ? c.text : c.type === 'card' ? c.title : c.type === 'image' ? c.alt : c.file.name;
      return { id, kind: c.type, text: short(text) };
    }
    case 'pressed':
      return { id, from: entry.from, kind: 'press', text: short(entry.label) };
    default:
      return undefined;
  }
}
