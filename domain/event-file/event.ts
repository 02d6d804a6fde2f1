/** One line of an event file: what may stand in it, and what is wrong with one that is bad (design.md, The event file). */
import { z } from 'zod';
import { parseInstant } from '../calendar/instant.ts';
import { messageKinds } from '../presence/substantive.ts';
import { explain } from './explain.ts';

const id = z.string().min(1);

const instant = z.string().transform((text, context) => {
  const at = parseInstant(text);
  if (at !== undefined) return at;
  context.addIssue({ code: 'custom', params: { fault: 'instant' } });
  return z.NEVER;
});

const base = { id, at: instant, group: id };

const eventSchema = z.discriminatedUnion('type', [
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
    members: z
      .array(z.object({ id, name: z.string().optional(), bot: z.boolean().optional() }))
      .optional(),
  }),
  z.object({ ...base, type: z.literal('join'), member: id, name: z.string().optional() }),
  z.object({ ...base, type: z.literal('leave'), member: id, name: z.string().optional() }),
  z
    .object({ ...base, type: z.literal('listening'), until: instant })
    .refine((event) => event.until >= event.at, { path: ['until'], params: { fault: 'until' } }),
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

/** A line that is as it should be; instants are milliseconds since the epoch. Unknown fields are gone. */
export type FileEvent = z.infer<typeof eventSchema>;

/** The event in a line of text, or, in Chinese for the person, why there is none. Quotes nothing of the line. */
export type LineReading =
  | { readonly event: FileEvent; readonly why?: undefined }
  | { readonly event?: undefined; readonly why: string };

/** Reads a line that is not blank. */
export function readEvent(line: string): LineReading {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { why: '不是完整的 JSON' };
  }
  const parsed = eventSchema.safeParse(value);
  return parsed.success ? { event: parsed.data } : { why: explain(value, parsed.error.issues) };
}
