/** Wishes, mutual help and questions of one person: listed for them, given to their other entry, erased. */
import { helpStageNames } from '../../domain/listening/help.ts';
import { wishStageNames } from '../../domain/listening/wish.ts';
import type { Db } from '../database.ts';
import { listChanged } from './kept-cards.ts';
import { give, type Move, moving } from './moves.ts';
import { listed } from './packed.ts';

/**
 * All of them become others'. What somebody took on or asked of themselves under another id is no claim and no asking.
 * Runs inside a transaction.
 */
export async function giveVoices(db: Db, moves: readonly Move[]): Promise<void> {
  const [froms, tos] = [moves.map(({ from }) => from), moves.map(({ to }) => to)];
  await give(db, ['Wish', 'wisherId'], moves);
  await give(db, ['Wish', 'claimerId'], moves);
  await db.$executeRaw`
    UPDATE "Wish" SET "state" = 'open', "claimerId" = NULL, "claimedAt" = NULL, "introduction" = NULL
     WHERE "wisherId" = "claimerId" AND "state" = 'claimed' AND "wisherId" IN (${listed(tos)})`;
  await give(db, ['Help', 'ownerId'], moves);
  await db.$executeRaw`
    INSERT INTO "HelpContact" ("helpId", "personId", "state", "askedAt")
    SELECT c."helpId", p."to", c."state", c."askedAt"
      FROM ${moving(moves)} p JOIN "HelpContact" c ON c."personId" = p."from" WHERE true ON CONFLICT DO NOTHING`;
  await db.helpContact.deleteMany({ where: { personId: { in: froms } } });
  await db.$executeRaw`
    DELETE FROM "HelpContact" WHERE "personId" IN (${listed(tos)})
       AND "personId" = (SELECT h."ownerId" FROM "Help" h WHERE h."id" = "HelpContact"."helpId")`;
  await give(db, ['Inquiry', 'askerId'], moves);
}

/** Of whom wishes, mutual help or questions are kept, on an account. */
export async function peopleWithVoices(db: Db, accountId: number): Promise<readonly number[]> {
  const group = { accountId };
  const wishes = await db.wish.findMany({ where: { group }, select: { wisherId: true, claimerId: true } });
  const helps = await db.help.findMany({ where: { group }, select: { ownerId: true } });
  const contacts = await db.helpContact.findMany({ where: { help: { group } }, select: { personId: true } });
  const inquiries = await db.inquiry.findMany({
    where: { group, askerId: { not: null } },
    select: { askerId: true },
  });
  return [
    ...new Set([
      ...wishes.flatMap(({ wisherId, claimerId }) => [wisherId, claimerId ?? wisherId]),
      ...helps.map(({ ownerId }) => ownerId),
      ...contacts.map(({ personId }) => personId),
      ...inquiries.flatMap(({ askerId }) => askerId ?? []),
    ]),
  ];
}

/** Something that is kept of a person, for their own eyes. */
export interface Voice {
  readonly what: '心愿' | '认领的心愿' | '互助' | '联系过的互助' | '提问';
  readonly number: number;
  /** Of others' only what everybody could read is theirs to take along. */
  readonly text: string;
  readonly state: string;
  readonly answer: string;
}

/** All that is kept of a person here. */
export async function voicesKeptOf(db: Db, personId: number): Promise<readonly Voice[]> {
  const orderBy = { id: 'asc' } as const;
  const wishes = await db.wish.findMany({
    where: { OR: [{ wisherId: personId }, { claimerId: personId }] },
    orderBy,
  });
  const helps = await db.help.findMany({ where: { ownerId: personId }, orderBy });
  const contacts = await db.helpContact.findMany({
    where: { personId },
    include: { help: true },
    orderBy: { helpId: 'asc' },
  });
  const inquiries = await db.inquiry.findMany({ where: { askerId: personId }, orderBy });
  const helpState = (state: string) => wordOf(helpStageNames, state);
  return [
    ...wishes.map(({ wisherId, number, text, state, words, thanks }) => ({
      what: wisherId === personId ? ('心愿' as const) : ('认领的心愿' as const),
      number,
      text,
      state: wordOf(wishStageNames, state),
      answer: [words, thanks].filter(Boolean).join('；'),
    })),
    ...helps.map(({ number, text, state }) => ({
      what: '互助' as const,
      number,
      text,
      state: helpState(state),
      answer: '',
    })),
    ...contacts.map(({ help: { number, text, state } }) => ({
      what: '联系过的互助' as const,
      number,
      text,
      state: helpState(state),
      answer: '',
    })),
    ...inquiries.map(({ number, text, answer }) => ({
      what: '提问' as const,
      number,
      text,
      state: answer === null ? '等答复' : '答复了',
      answer: answer ?? '',
    })),
  ];
}

function wordOf(names: Readonly<Record<string, string>>, state: string): string {
  return names[state] ?? state;
}

/** Who waits for something that an erasure ends: they are told, without by whom. */
export interface LeftWaiting {
  readonly personId: number;
  readonly number: number;
  /** `taken back`: the wish they had taken on; `back`: their own wish hangs again; `no word`: the help they asked for. */
  readonly why: 'taken back' | 'back' | 'no word';
}

/**
 * Erases a person here: their words go, what others had left of them is put right, an FAQ of the cadre's stays without
 * them. `nobody` is an id that nobody has. Runs inside a transaction.
 */
export async function eraseVoices(
  db: Db,
  personId: number,
  { now, nobody }: { readonly now: number; readonly nobody: number },
): Promise<readonly LeftWaiting[]> {
  const waiting = await leftWaiting(db, personId);
  await listsChanged(db, personId);
  const closed = { state: 'withdrawn', closedAt: new Date(now) };
  const unclaimed = { claimerId: null, claimedAt: null, introduction: null };
  const own = { wisherId: personId };
  await db.wish.updateMany({
    where: { ...own, state: { in: ['open', 'claimed'] } },
    data: { ...closed, ...unclaimed },
  });
  await db.wish.updateMany({
    where: own,
    data: { wisherId: nobody, text: '', named: false, words: null, photo: null, thanks: null },
  });
  const claimed = { claimerId: personId };
  await db.wish.updateMany({
    where: { ...claimed, state: 'claimed' },
    data: { ...unclaimed, state: 'open' },
  });
  await db.wish.updateMany({ where: claimed, data: { claimerId: null, words: null, photo: null } });
  await db.helpContact.deleteMany({ where: { OR: [{ personId }, { help: { ownerId: personId } }] } });
  await db.help.updateMany({ where: { ownerId: personId, state: 'open' }, data: closed });
  await db.help.updateMany({ where: { ownerId: personId }, data: { text: '', ownerId: nobody } });
  await db.inquiry.updateMany({
    where: { askerId: personId, faq: null },
    data: { state: 'withdrawn', answer: null, answeredAt: null },
  });
  await db.inquiry.updateMany({ where: { askerId: personId }, data: { askerId: null, text: '' } });
  return waiting;
}

/** The lists that show what is a person's, or what they have taken on. */
async function listsChanged(db: Db, personId: number): Promise<void> {
  const select = { groupId: true } as const;
  const wishes = await db.wish.findMany({
    where: { OR: [{ wisherId: personId }, { claimerId: personId }] },
    distinct: ['groupId'],
    select,
  });
  for (const { groupId } of wishes) await listChanged(db, groupId, 'wishes');
  const helps = await db.help.findMany({ where: { ownerId: personId }, distinct: ['groupId'], select });
  for (const { groupId } of helps) await listChanged(db, groupId, 'helps');
}

async function leftWaiting(db: Db, personId: number): Promise<readonly LeftWaiting[]> {
  const wishes = await db.wish.findMany({
    where: { state: 'claimed', OR: [{ wisherId: personId }, { claimerId: personId }] },
    orderBy: { id: 'asc' },
  });
  const contacts = await db.helpContact.findMany({
    where: { state: 'asked', help: { ownerId: personId } },
    include: { help: { select: { number: true } } },
    orderBy: [{ helpId: 'asc' }, { personId: 'asc' }],
  });
  return [
    ...wishes.flatMap(({ wisherId, claimerId, number }): readonly LeftWaiting[] => {
      if (wisherId !== personId) return [{ personId: wisherId, number, why: 'back' }];
      return claimerId === null ? [] : [{ personId: claimerId, number, why: 'taken back' }];
    }),
    ...contacts.map((contact) => ({
      personId: contact.personId,
      number: contact.help.number,
      why: 'no word' as const,
    })),
  ];
}
