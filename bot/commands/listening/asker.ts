/** How those who wait for an answer are spoken to, and how they answer: by name, or without one. */
import type { Button } from '../../../adapters/adapter.ts';
import { passedOnAt } from '../../../domain/listening/anonymous.ts';
import { soundsDangerous } from '../../../domain/listening/danger.ts';
import { politeFrom } from '../../../domain/topics/planning.ts';
import { shownCode } from '../../../prisma/store/codes.ts';
import type { Asker } from '../../../prisma/store/demand-rows.ts';
import type { Waiting } from '../../../prisma/store/demand-waiting.ts';
import type { Saying, Situation } from '../../dialogue/command.ts';
import { notice } from '../../dialogue/say.ts';
import type { Draft } from '../../outbox/message.ts';
import { wordIn } from '../../sealed-address.ts';

/** What an asker does with their own demand. */
export type OwnStep = '查看' | '确认' | '重开' | '同意' | '不同意' | '撤回';

/**
 * A button under which an asker does something with their own demand; none where it is nobody's, or its address cannot be
 * opened any more.
 */
export function ownButton(
  { secret }: Pick<Situation, 'secret'>,
  { asker, number }: Waiting,
  groupId: number,
  button: { readonly label: string; readonly step: OwnStep; readonly style?: Button['style'] },
): readonly Button[] {
  const { label, step, style } = button;
  if (number === undefined) return [];
  const word = 'sealed' in asker ? wordIn(secret, asker.sealed) : undefined;
  if ('sealed' in asker && word === undefined) return [];
  const command = word === undefined ? `/我的 ${step} 群#${groupId} ${number}` : ownByWord(step, word);
  return [{ label, command, ...(style ? { style } : {}) }];
}

/** The command for a demand that only its word tells. */
export function ownByWord(step: OwnStep, word: string): string {
  return `/匿名 ${step} ${shownCode(word)}`;
}

/**
 * Tells somebody who waits. An anonymous asker hears it a random while later, and not at night: otherwise the cadre could
 * see whose telephone rings. Where life may be in danger it is said at once.
 */
export function tellAsker(
  { now, random }: Pick<Situation, 'now' | 'random'>,
  asker: Asker,
  demandText: string,
  draft: Draft | string,
): Saying {
  const told = notice(asker, draft);
  if (soundsDangerous(demandText)) return { ...told, notBefore: now };
  if (!('sealed' in asker)) return told;
  return { ...told, notBefore: politeFrom(passedOnAt(now, random)) };
}
