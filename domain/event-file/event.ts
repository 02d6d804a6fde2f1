/** One line of an event file: what may stand in it, and what is wrong with one that is bad (design.md, The event file). */
import { z } from 'zod';
import { parseInstant } from '../calendar/instant.ts';
import { messageKinds } from '../presence/substantive.ts';
import { explain, noInstant } from './explain.ts';

const id = z.string().min(1);

const base = { id, at: z.string(), group: id };

const lineSchema = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('message'),
    sender: id,
    kind: z.enum(messageKinds).optional(),
    text: z.string().optional(),
    mentions: z.array(id).optional(),
    quotes: id.optional(),
    fromBot: z.boolean().optional(),
  }),
  z.object({
    ...base,
    type: z.literal('group'),
    cadre: id,
    name: z.string().optional(),
    members: z.array(z.object({ id, name: z.string().optional(), bot: z.boolean().optional() })).optional(),
  }),
  z.object({ ...base, type: z.literal('join'), member: id, name: z.string().optional() }),
  z.object({ ...base, type: z.literal('leave'), member: id, name: z.string().optional() }),
  z.object({ ...base, type: z.literal('listening'), until: z.string() }),
  z.object({ ...base, type: z.literal('topic'), message: id }),
  z.object({
    ...base,
    type: z.literal('activity'),
    title: z.string().optional(),
    offline: z.boolean().optional(),
  }),
  z.object({ ...base, type: z.literal('checkin'), activity: id, member: id }),
  z.object({ ...base, type: z.literal('close'), activity: id }),
]);

type Line = z.infer<typeof lineSchema>;
type Timed<L> = L extends { until: string }
  ? Omit<L, 'at' | 'until'> & { at: number; until: number }
  : Omit<L, 'at'> & { at: number };

/** A line that is as it should be; instants are milliseconds since the epoch. Unknown fields are gone. */
export type FileEvent = Timed<Line>;

/** The event in a line of text, or, in Chinese for the person, why there is none. Quotes nothing of the line. */
export type LineReading =
  | { readonly event: FileEvent; readonly why?: undefined }
  | { readonly event?: undefined; readonly why: string };

/** Reads a line that is not blank. */
export function readEvent(text: string): LineReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { why: '不是完整的 JSON' };
  }
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success) return { why: explain(value, parsed.error.issues) };
  const line = parsed.data;
  // Not by a transform of the schema: over a million lines those cost more memory than all that is counted.
  const at = parseInstant(line.at);
  if (at === undefined) return { why: noInstant('at') };
  if (line.type !== 'listening') return { event: { ...line, at } };
  const until = parseInstant(line.until);
  if (until === undefined) return { why: noInstant('until') };
  return until < at ? { why: 'until 早于 at' } : { event: { ...line, at, until } };
}
