/**
 * Cards on a platform without cards: their words, their buttons as numbers, their forms as short dialogues. All pure:
 * what is open comes in and goes out, and lies on disk (`state.ts`).
 *
 * Nobody's ordinary talk is captured: in a group a number counts only when it is said to the bot, privately only when
 * it is the whole message, and a dialogue hears nobody but the person with whom it was begun. Numbers run on within a
 * chat, so that one given late never presses a newer card's button.
 */
import { z } from 'zod';
import type { Content, Form } from '../adapter.ts';
import { texts } from './sentences.ts';

type Card = Extract<Content, { type: 'card' }>;

const field = z.object({
  name: z.string(),
  label: z.string(),
  placeholder: z.string().optional(),
  options: z.array(z.string()).optional(),
});

const item = z.object({ number: z.int(), command: z.string(), fields: z.array(field) });
type Item = z.infer<typeof item>;

const dialogue = z.object({
  chat: z.string(),
  person: z.string(),
  command: z.string(),
  fields: z.array(field),
  /** What was said, by message: the same message again changes nothing. */
  answers: z.array(z.object({ id: z.string(), value: z.string() })),
  /** The message that began it. */
  begunBy: z.string(),
  closed: z.boolean(),
  until: z.number(),
});
type Dialogue = z.infer<typeof dialogue>;

export const openMenus = z.object({
  items: z.array(item.extend({ chat: z.string(), until: z.number() })),
  dialogues: z.array(dialogue),
});
export type OpenMenus = z.infer<typeof openMenus>;

export const noMenus: OpenMenus = { items: [], dialogues: [] };

/** How long a card's numbers are good, and how long a dialogue waits for the next answer; milliseconds. */
const menuLifeMs = 7 * 86_400_000;
const dialogueLifeMs = 10 * 60_000;
/** Numbers stay short: beyond this they begin anew, and the oldest are forgotten. */
const mostNumbers = 99;

/** A card in words, and what is open after it is sent. `isGroup`: whether numbers must be said to the bot. */
export function showCard(
  menus: OpenMenus,
  chat: string,
  isGroup: boolean,
  card: Card,
  now: number,
): { readonly text: string; readonly menus: OpenMenus } {
  const live = menus.items.filter((other) => other.until > now);
  const taken = live.filter((other) => other.chat === chat).map(({ number }) => number);
  let number = Math.max(0, ...taken);
  const items: Item[] = [];
  const numbered: string[] = [];
  const spoken: string[] = [];
  const add = (label: string, command: string, form?: Form): void => {
    number = number >= mostNumbers ? 1 : number + 1;
    const fields = (form?.fields ?? []).map(({ name, label: shown, placeholder, options }) => ({
      name,
      label: shown,
      ...(placeholder === undefined ? {} : { placeholder }),
      ...(options === undefined ? {} : { options: [...options] }),
    }));
    items.push({ number, command, fields });
    numbered.push(`${number} ${label}`);
  };
  for (const { label, command } of card.buttons ?? [])
    if (command === `/${label}`) spoken.push(command);
    else add(label, command);
  if (card.form) {
    const { submit, fields } = card.form;
    const [only] = fields;
    add(
      fields.length === 1 && only ? texts.fillOne(submit, only.label) : texts.fill(submit),
      card.form.command,
      card.form,
    );
  }
  const lines = [
    `【${card.title}】`,
    ...(card.text === '' ? [] : [card.text]),
    ...(card.form?.inWords === undefined ? [] : ['', card.form.inWords]),
    ...(card.fields ?? []).map(({ label, value }) => `${label}：${value}`),
  ];
  if (numbered.length > 0)
    lines.push('', `${isGroup ? texts.mentionedNumbers : texts.bareNumbers}${numbered.join('，')}`);
  if (spoken.length > 0) lines.push(texts.orSend(spoken.join(' 或 ')));
  const fresh = new Set(items.map((one) => one.number));
  return {
    text: lines.join('\n'),
    menus: {
      ...menus,
      items: [
        ...live.filter((other) => other.chat !== chat || !fresh.has(other.number)),
        ...items.map((one) => ({ ...one, chat, until: now + menuLifeMs })),
      ],
    },
  };
}

/** What somebody wrote, as far as it may answer a card. */
export interface Said {
  readonly id: string;
  readonly chat: string;
  readonly isGroup: boolean;
  readonly person: string;
  /** Without mentions and quotes. */
  readonly text: string;
  /** It mentions the bot or quotes it. */
  readonly toBot: boolean;
}

export type Answered =
  | { readonly kind: 'talk'; readonly menus: OpenMenus }
  /** It stands for this command. */
  | { readonly kind: 'command'; readonly command: string; readonly menus: OpenMenus }
  /** The bot has something to ask or say first. */
  | { readonly kind: 'reply'; readonly text: string; readonly menus: OpenMenus };

/** What a message means while menus and dialogues are open. The same message again means the same again. */
export function answer(menus: OpenMenus, said: Said, now: number): Answered {
  const open: OpenMenus = {
    items: menus.items.filter(({ until }) => until > now),
    dialogues: menus.dialogues.filter(({ until }) => until > now),
  };
  const talk: Answered = { kind: 'talk', menus: open };
  const text = said.text.trim();
  if (said.isGroup && !said.toBot) return talk;
  if (/^[/／]/.test(text)) return talk;
  const mine = open.dialogues.find(
    (one) => one.chat === said.chat && one.person === said.person && !one.closed,
  );
  const again = open.dialogues.find(
    (one) => one.begunBy === said.id || one.answers.some(({ id }) => id === said.id),
  );
  const dialogue = again ?? mine;
  if (dialogue && dialogue.begunBy !== said.id) return carryOn(open, dialogue, said, text, now);
  if (again) return { kind: 'reply', text: question(again, said.isGroup), menus: open };

  const read = /^([0-9０-９]{1,2})(?:[\s,，、:：]+([\s\S]+))?$/u.exec(text);
  if (!read) return talk;
  const number = Number(read[1]?.normalize('NFKC'));
  const chosen = open.items.find((one) => one.chat === said.chat && one.number === number);
  if (!chosen) return talk;
  const rest = read[2]?.trim() ?? '';
  if (chosen.fields.length === 0)
    return rest === '' ? { kind: 'command', command: chosen.command, menus: open } : talk;
  if (rest !== '')
    return chosen.fields.length === 1
      ? { kind: 'command', command: `${chosen.command}\n${rest}`, menus: open }
      : talk;
  const begun: Dialogue = {
    chat: said.chat,
    person: said.person,
    command: chosen.command,
    fields: chosen.fields,
    answers: [],
    begunBy: said.id,
    closed: false,
    until: now + dialogueLifeMs,
  };
  return {
    kind: 'reply',
    text: question(begun, said.isGroup),
    menus: { ...open, dialogues: [...open.dialogues, begun] },
  };
}

function carryOn(menus: OpenMenus, before: Dialogue, said: Said, text: string, now: number): Answered {
  const after = (changed: Dialogue): OpenMenus => ({
    ...menus,
    dialogues: menus.dialogues.map((one) => (one === before ? changed : one)),
  });
  const known = before.answers.findIndex(({ id }) => id === said.id);
  if (known >= 0) {
    const until = known + 1;
    return until === before.fields.length
      ? { kind: 'command', command: commandOf(before), menus }
      : {
          kind: 'reply',
          text: question({ ...before, answers: before.answers.slice(0, until) }, said.isGroup),
          menus,
        };
  }
  if (text === texts.cancel)
    return { kind: 'reply', text: texts.cancelled, menus: after({ ...before, closed: true }) };
  const asked = before.fields[before.answers.length];
  const value = asked && valueIn(asked, text);
  if (value === undefined) return { kind: 'reply', text: question(before, said.isGroup), menus };
  const answers = [...before.answers, { id: said.id, value }];
  const closed = answers.length === before.fields.length;
  const next = { ...before, answers, closed, until: now + dialogueLifeMs };
  return closed
    ? { kind: 'command', command: commandOf(next), menus: after(next) }
    : { kind: 'reply', text: question(next, said.isGroup), menus: after(next) };
}

/** A field's value, one line; undefined where the options know no such answer. */
function valueIn({ options }: Item['fields'][number], text: string): string | undefined {
  if (text === texts.skip) return '';
  if (!options || options.length === 0) return text.replace(/\s*\n\s*/g, ' ');
  return options[Number(text.normalize('NFKC')) - 1] ?? options.find((option) => option === text);
}

function commandOf({ command, answers }: Dialogue): string {
  return [command, ...answers.map(({ value }) => value).filter((value) => value !== '')].join('\n');
}

function question({ fields, answers }: Dialogue, isGroup: boolean): string {
  const asked = fields[answers.length];
  if (!asked) return texts.cancelled;
  const hint = asked.options?.length
    ? texts.options(asked.options)
    : asked.placeholder
      ? `（${asked.placeholder}）`
      : '';
  const ask = isGroup ? texts.askInGroup : texts.ask;
  return ask(answers.length + 1, fields.length, asked.label, hint);
}
