/** A cry for help where a wish, thanks or the like was meant: it is carried to nobody else, and offered to the cadre. */
import { z } from 'zod';
import { soundsDangerous } from '../../../domain/listening/danger.ts';
import { cadreOfPerson } from '../../../prisma/store/cadres.ts';
import { askFirst } from '../../dialogue/answer.ts';
import { numberAndMaybeText, numberAndText, text } from '../../dialogue/arguments.ts';
import type { Saying, Situation } from '../../dialogue/command.ts';
import { cutWhenDangerous, helpFor, offerOf } from '../../dialogue/danger.ts';
import { notice } from '../../dialogue/say.ts';

/**
 * What is said to words of danger instead of passing them on: the help lines, what was not done with them, and whether
 * the cadre shall know.
 */
export async function cryInstead(
  situation: Situation,
  written: string,
  notDone: string,
): Promise<readonly Saying[] | undefined> {
  if (!soundsDangerous(written)) return undefined;
  const { question, command } = offerOf(written);
  const asked = await askFirst({ ...situation, chat: { kind: 'private' } }, question, command);
  // The way in gives a youth the help lines; who is a cadre somewhere gets them here.
  const lines = (await cadreOfPerson(situation.db, situation.person.id)) ? [await helpFor(situation)] : [];
  const told = `${notDone}。不是那个意思的话，换个说法再发一次就行。`;
  return [...lines, notice(situation.person.id, told, 'reply'), asked];
}

/** A text as {@link text} takes it; words of danger are heard however long it is. */
export function heardText(missing: string, max: number) {
  return heard(max).pipe(text(missing, max));
}

/** A number and a text after it, as {@link numberAndText} takes them; words of danger are heard however long it is. */
export function numberAndHeardText(missing: string, max: number) {
  return heard(max).pipe(numberAndText(missing, max));
}

/** A number, and a text or nothing after it; words of danger are heard however long it is. */
export function numberAndMaybeHeardText(missing: string, max: number) {
  return heard(max).pipe(numberAndMaybeText(missing, max));
}

function heard(max: number) {
  return z.string().transform((typed) => cutWhenDangerous(typed, max));
}
