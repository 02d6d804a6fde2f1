/** The shapes that a command's arguments take: zod schemas over the text after the command. */
import { z } from 'zod';
import { lengthOf, plain } from './plain.ts';

/** No arguments. */
export const nothing = z
  .string()
  .trim()
  .max(0, '这个命令后面不用写别的')
  .transform(() => ({}));

/** A text of at most `max` characters; `missing` tells the person what to write. */
export function text(missing: string, max: number) {
  return z
    .string()
    .max(max * 8, tooLong(max))
    .transform(plain)
    .pipe(
      z
        .string()
        .min(1, missing)
        .refine((value) => lengthOf(value) <= max, tooLong(max)),
    )
    .transform((value) => ({ text: value }));
}

/** A text of at most `max` characters, or none. */
export function textOrNothing(max: number) {
  return z
    .string()
    .max(max * 8, tooLong(max))
    .transform(plain)
    .pipe(z.string().refine((value) => lengthOf(value) <= max, tooLong(max)))
    .transform((value) => ({ text: value }));
}

/** The number of an entry (`3`, `3号`, `#3`, `第3个`, full-width digits too). */
export function number(missing: string) {
  return z.string().transform((value, context) => {
    const found = leadingNumber(value);
    if (found && found.rest === '') return { number: found.number };
    context.addIssue({ code: 'custom', message: missing });
    return z.NEVER;
  });
}

/** The number of an entry as {@link number} takes it, or nothing. */
export function numberOrNothing(missing: string) {
  return z.string().transform((value, context): { readonly number: number | undefined } => {
    if (value.trim() === '') return { number: undefined };
    const parsed = number(missing).safeParse(value);
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: missing });
    return z.NEVER;
  });
}

/** The number of an entry, and a text after it. */
export function numberAndText(missing: string, max: number) {
  return numberBefore(text(missing, max), missing);
}

/** The number of an entry, and a text or nothing after it. */
export function numberAndMaybeText(missing: string, max: number) {
  return numberBefore(textOrNothing(max), missing);
}

function numberBefore(after: z.ZodType<{ readonly text: string }, string>, missing: string) {
  return z.string().transform((value, context) => {
    const found = leadingNumber(value);
    if (!found) {
      context.addIssue({ code: 'custom', message: missing });
      return z.NEVER;
    }
    const parsed = after.safeParse(found.rest);
    if (parsed.success) return { number: found.number, text: parsed.data.text };
    context.addIssue({ code: 'custom', message: parsed.error.issues[0]?.message ?? missing });
    return z.NEVER;
  });
}

/** One of a few words, or nothing where `''` is among them; white space and full-width forms do not matter. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words, missing: string) {
  return z
    .string()
    .transform((value) => value.slice(0, 50).normalize('NFKC').trim())
    .pipe(z.enum(words, missing))
    .transform((word) => ({ word }));
}

/** A number at the beginning of a text, at most 999,999. */
export function leadingNumber(value: string): { readonly number: number; readonly rest: string } | undefined {
  const found = /^\s*(?:#|＃|第)?\s*([0-9０-９]{1,6})(?![0-9０-９])\s*(?:号|个|条)?[\s:：,，、]*/u.exec(
    value,
  );
  if (!found?.[1]) return undefined;
  return { number: Number(found[1].normalize('NFKC')), rest: value.slice(found[0].length).trim() };
}

function tooLong(max: number): string {
  return `太长了，请控制在 ${max} 字以内`;
}
