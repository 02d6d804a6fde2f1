/** What each kind of event brings about: the handler that the worker runs in a row's transaction. */

import type { GroupEvent, MembersEvent, MessageEvent, PressEvent } from '../../adapters/adapter.ts';
import type { WorkCalendar } from '../../domain/calendar/workdays.ts';
import type { ListeningLimits } from '../../domain/listening/limits.ts';
import type { Tx } from '../../prisma/database.ts';
import { joined, left, rename, resolveGroup, resolvePeople } from '../../prisma/store/identity.ts';
import { handle } from '../commands/handle.ts';
import type { Situation } from '../dialogue/command.ts';
import type { Outgoing } from '../outbox/message.ts';
import type { Secret } from '../secret.ts';
import { apologyText, introduction } from './texts.ts';
import type { Apology, Handler } from './worker.ts';

interface Surroundings {
  readonly accountId: number;
  readonly now: () => number;
  readonly secret: Secret;
  readonly random: (bytes: number) => Uint8Array;
  readonly abilities: Situation['abilities'];
  readonly helpLines: string;
  readonly limits: ListeningLimits;
  readonly calendar: WorkCalendar;
  readonly erased?: Situation['erased'];
  readonly remindersPerWeek?: number | undefined;
}

/** The handler of an account's events. */
export function reactTo(surroundings: Surroundings): Handler {
  return async (tx, event, picture) => {
    switch (event.type) {
      case 'message':
      case 'press':
        return handle({ ...(await situationOf(tx, event, surroundings)), picture });
      case 'join':
      case 'leave':
        await members(tx, event, surroundings);
        return [];
      case 'bot-added':
        return introduce(tx, event, surroundings);
      case 'bot-removed':
      case 'renamed':
        await groupChanged(tx, event, surroundings);
        return [];
    }
  };
}

/** The apology for an event that failed through a fault of ours; only somebody who spoke to the bot gets one. */
export function apologiseFor(surroundings: Surroundings): Apology {
  return async (tx, event) => {
    if (event.type !== 'message' && event.type !== 'press') return [];
    const { chat, person } = await situationOf(tx, event, surroundings);
    return [
      {
        key: `fault/${surroundings.accountId}/${event.id}`,
        kind: 'reply',
        to: chat.kind === 'group' ? { groupId: chat.groupId } : { personId: person.id },
        draft: { type: 'text', text: apologyText },
        quote: event.type === 'message' ? event.id : undefined,
      },
    ];
  };
}

async function situationOf(
  tx: Tx,
  event: MessageEvent | PressEvent,
  surroundings: Surroundings,
): Promise<Situation> {
  const { accountId, now } = surroundings;
  const people = await resolvePeople(tx, accountId, [event.sender]);
  const personId = people.get(event.sender.id);
  if (personId === undefined) throw new Error('the sender was not resolved');
  if (event.sender.name) await rename(tx, personId, event.sender.name);
  const person = { id: personId, name: event.sender.name ?? '' };
  const common = {
    db: tx,
    now: now(),
    event,
    accountId,
    person,
    secret: surroundings.secret,
    random: surroundings.random,
    abilities: surroundings.abilities,
    helpLines: surroundings.helpLines,
    limits: surroundings.limits,
    calendar: surroundings.calendar,
    erased: surroundings.erased,
    remindersPerWeek: surroundings.remindersPerWeek,
  };
  if (event.chat.kind === 'private') return { ...common, chat: { kind: 'private' } };
  const groupId = await resolveGroup(tx, accountId, event.chat, now());
  await joined(tx, groupId, [personId], undefined);
  return { ...common, chat: { kind: 'group', groupId, name: event.chat.name ?? '' } };
}

async function members(tx: Tx, event: MembersEvent, { accountId, now }: Surroundings): Promise<void> {
  const groupId = await resolveGroup(tx, accountId, event.chat, now());
  const people = await resolvePeople(tx, accountId, event.members);
  if (event.type === 'join') await joined(tx, groupId, [...people.values()], event.at);
  else await left(tx, groupId, [...people.values()], event.at);
}

async function introduce(
  tx: Tx,
  event: GroupEvent,
  { accountId, now }: Surroundings,
): Promise<readonly Outgoing[]> {
  const groupId = await resolveGroup(tx, accountId, event.chat, now());
  await tx.group.update({ where: { id: groupId }, data: { leftAt: null } });
  return [{ key: `introduction/${groupId}`, kind: 'post', to: { groupId }, draft: introduction }];
}

async function groupChanged(tx: Tx, event: GroupEvent, { accountId, now }: Surroundings): Promise<void> {
  const groupId = await resolveGroup(tx, accountId, event.chat, now());
  if (event.type === 'bot-removed')
    await tx.group.update({ where: { id: groupId }, data: { leftAt: new Date(event.at) } });
}
