import { z } from 'zod';
import { moveNames } from './moves.ts';

/** What the page may ask for. Everything that comes from the browser passes one of these. */
const id = z.string().min(1).max(80);
const where = z.enum(['group', 'private']);

/** Longest text of a person, in bytes of UTF-8. */
export const maxTextBytes = 1024 * 1024;
/** Longest JSON body: a text of the largest size with plenty of escapes. */
export const maxJsonBytes = 4 * 1024 * 1024;

export const sayRequest = z.strictObject({
  as: id,
  where,
  text: z.string(),
  mentions: z.array(id).max(200).default([]),
  quote: id.optional(),
});
export type SayRequest = z.infer<typeof sayRequest>;

export const uploadRequest = z.strictObject({
  as: id,
  where,
  name: z.string().min(1).max(255),
  quote: id.optional(),
});
export type UploadRequest = z.infer<typeof uploadRequest>;

export const pressRequest = z.strictObject({
  as: id,
  card: id,
  press: z.union([
    z.strictObject({ button: z.int().min(0).max(100) }),
    z.strictObject({ values: z.record(z.string().max(100), z.string().max(20_000)) }),
  ]),
});
export type PressRequest = z.infer<typeof pressRequest>;

export const clockRequest = z.union([
  z.strictObject({ move: z.enum(moveNames) }),
  z.strictObject({ to: z.int().min(0).max(8_640_000_000_000_000) }),
]);
export type ClockRequest = z.infer<typeof clockRequest>;

export const joinRequest = z.union([
  z.strictObject({ name: z.string().max(256) }),
  z.strictObject({ person: id }),
]);
export type JoinRequest = z.infer<typeof joinRequest>;

export const leaveRequest = z.strictObject({ person: id });

export const entriesRequest = z.strictObject({
  chat: id,
  kind: where,
  before: z.coerce.number().int().min(1).optional(),
});
