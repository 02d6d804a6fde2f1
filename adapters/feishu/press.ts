import { z } from 'zod';
import { type Heard, instant, type Known } from './heard.ts';

/** What a button of ours carries back; nothing else is obeyed. */
export interface ButtonValue {
  readonly command: string;
  /** The card stands in a private chat, whose id the callback does not tell as such. */
  readonly private?: true;
  /** Names of the form's fields that the button submits. */
  readonly fields?: readonly string[];
}

/** Longest value of a field that is handed on, in UTF-16 code units. */
const longestValue = 2_000;
const mostFields = 30;

const value = z.object({
  /** We put it on the button ourselves: as long as what a card can hold. */
  command: z.string().min(1).max(30_000),
  private: z.literal(true).optional(),
  fields: z.array(z.string().min(1).max(100)).max(mostFields).optional(),
});

const trigger = z.object({
  event_id: z.string().min(1),
  create_time: z.string().optional(),
  operator: z.object({ open_id: z.string().min(1) }),
  action: z.object({
    value: z.unknown(),
    form_value: z.record(z.string(), z.unknown()).optional(),
  }),
  context: z
    .object({ open_message_id: z.string().optional(), open_chat_id: z.string().optional() })
    .optional(),
});

/**
 * Somebody pressed a button of a card or sent its form: the command is the one that we put on the button, the values
 * are those of the fields that we asked for. Undefined for a button that is not ours.
 * Throws zod's error on an event that is not as Feishu documents it.
 */
export function pressOf(data: unknown, known: Known): Heard | undefined {
  const event = trigger.parse(data);
  const ours = value.safeParse(parsed(event.action.value));
  if (!ours.success) return undefined;
  const { command, fields } = ours.data;
  const openId = event.operator.open_id;
  const chatId = event.context?.open_chat_id;
  const name = known.personName(openId);
  const groupName = chatId === undefined ? undefined : known.groupName(chatId);
  if (!ours.data.private && chatId === undefined) return undefined;
  return {
    event: {
      type: 'press',
      id: event.event_id,
      at: instant(event.create_time),
      chat:
        ours.data.private || chatId === undefined
          ? { kind: 'private', id: openId }
          : { kind: 'group', id: chatId, ...(groupName ? { name: groupName } : {}) },
      sender: { id: openId, ...(name ? { name } : {}) },
      command,
      values: valuesOf(fields ?? [], event.action.form_value ?? {}),
    },
  };
}

/** A button's value comes as an object; older clients send it as JSON text. */
function parsed(raw: unknown): unknown {
  if (typeof raw !== 'string') return raw;
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

function valuesOf(
  fields: readonly string[],
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  const values: [string, string][] = [];
  for (const field of fields) {
    const raw = Object.hasOwn(given, field) ? given[field] : undefined;
    if (typeof raw === 'string') values.push([field, raw.slice(0, longestValue)]);
  }
  return Object.fromEntries(values);
}
