/** What is kept of one person, for their own eyes, and its erasure (docs/privacy.md). */
import type { Day } from '../../domain/calendar/day.ts';
import { asDeedKind, type DeedKind } from '../../domain/deeds/kinds.ts';
import { type DemandStage, stageNames } from '../../domain/listening/demand.ts';
import type { Db } from '../database.ts';
import { unconfirm } from './deed-evidence.ts';
import { demandFrom } from './demand-rows.ts';
import { unmerge } from './demand-waiting.ts';
import { moveUp } from './sign-ups.ts';
import { releaseAnswers } from './survey-answers.ts';
import { eraseVoices, type LeftWaiting, type Voice, voicesKeptOf } from './voices.ts';

/** Instants are milliseconds since the epoch. */
export interface OwnData {
  readonly name: string;
  readonly groups: readonly {
    readonly name: string;
    readonly joinedAt: number | undefined;
    readonly leftAt: number | undefined;
  }[];
  readonly demands: readonly {
    readonly group: string;
    readonly number: number;
    readonly text: string;
    readonly state: DemandStage;
    readonly createdAt: number;
    readonly reply: string | undefined;
  }[];
  readonly supports: number;
  readonly activities: readonly {
    readonly group: string;
    readonly title: string;
    readonly startsAt: number;
    /** in, waiting or leave; undefined where they never signed up. */
    readonly signUp: string | undefined;
    readonly checkedInAt: number | undefined;
  }[];
  readonly confirmations: readonly { readonly cadre: string; readonly kind: DeedKind; readonly day: Day }[];
  /** `slots`: a bit for each half-hour in which something substantive was written. */
  readonly presence: readonly { readonly group: string; readonly day: Day; readonly slots: number }[];
  /** How often they and the cadre mentioned or quoted each other, and topics marked; of the last weeks. */
  readonly addresses: number;
  readonly topicMarks: number;
  readonly answers: readonly { readonly survey: string; readonly answers: string }[];
  /** Wishes, help wanted or offered, and questions to the cadre; wishes taken on, help asked for. */
  readonly asked: readonly Voice[];
  /** Of a cadre: the first steps (十个一) that they have ticked off. */
  readonly steps: readonly { readonly step: number; readonly day: Day }[];
}

/** Under what name a survey knows the person; `anonymous` ones by a keyed hash while they are open. */
type RespondentOf = (survey: { readonly id: number; readonly anonymous: boolean }) => string;

/** All that is kept of a person. Survey answers are those that can still be told to be theirs. */
export async function ownData(db: Db, personId: number, respondentOf: RespondentOf): Promise<OwnData> {
  const { name } = await db.person.findUniqueOrThrow({ where: { id: personId }, select: { name: true } });
  const members = await db.member.findMany({
    where: { personId },
    include: { group: { select: { name: true } } },
    orderBy: { groupId: 'asc' },
  });
  const demands = await db.demand.findMany({
    where: { askerId: personId },
    include: { group: { select: { name: true } } },
    orderBy: { id: 'asc' },
  });
  const confirmations = await db.deedConfirmation.findMany({
    where: { personId },
    include: { deed: { select: { kind: true, day: true, cadre: { select: { name: true } } } } },
    orderBy: { at: 'asc' },
  });
  const presence = await db.presence.findMany({
    where: { personId },
    orderBy: [{ groupId: 'asc' }, { day: 'asc' }],
  });
  const groups = new Map(
    (
      await db.group.findMany({
        where: { id: { in: presence.map(({ groupId }) => groupId) } },
        select: { id: true, name: true },
      })
    ).map((group) => [group.id, group.name]),
  );
  return {
    name,
    groups: members.map(({ group, joinedAt, leftAt }) => ({
      name: group.name,
      joinedAt: joinedAt?.getTime(),
      leftAt: leftAt?.getTime(),
    })),
    demands: demands.map(({ group, number, text, state, createdAt, reply }) => ({
      group: group.name,
      number,
      text,
      state: state as DemandStage,
      createdAt: createdAt.getTime(),
      reply: reply ?? undefined,
    })),
    asked: await voicesKeptOf(db, personId),
    steps: await db.firstStep.findMany({
      where: { cadre: { personId } },
      select: { step: true, day: true },
      orderBy: { step: 'asc' },
    }),
    supports: await db.demandSupport.count({ where: { personId } }),
    activities: await activitiesOf(db, personId),
    confirmations: confirmations.map(({ deed }) => ({
      cadre: deed.cadre.name,
      kind: asDeedKind(deed.kind) ?? 'exchange',
      day: deed.day,
    })),
    presence: presence.map(({ groupId, day, slots }) => ({
      group: groups.get(groupId) ?? '',
      day,
      slots: Number(slots),
    })),
    addresses: await db.address.count({ where: { OR: [{ fromId: personId }, { toId: personId }] } }),
    topicMarks: await db.topicMark.count({ where: { personId } }),
    answers: (await answersBy(db, personId, respondentOf)).map(({ answers, survey }) => ({
      survey: survey.title,
      answers,
    })),
  };
}

async function activitiesOf(db: Db, personId: number): Promise<OwnData['activities']> {
  const activity = { select: { title: true, startsAt: true, group: { select: { name: true } } } } as const;
  const signUps = await db.signUp.findMany({ where: { personId }, include: { activity } });
  const checkIns = await db.checkIn.findMany({ where: { personId }, include: { activity } });
  const all = new Map([...signUps, ...checkIns].map((row) => [row.activityId, row.activity]));
  return [...all]
    .map(([id, { title, startsAt, group }]) => ({
      group: group.name,
      title,
      startsAt: startsAt.getTime(),
      signUp: signUps.find(({ activityId }) => activityId === id)?.state,
      checkedInAt: checkIns.find(({ activityId }) => activityId === id)?.at.getTime(),
    }))
    .sort((a, b) => a.startsAt - b.startsAt);
}

async function answersBy(db: Db, personId: number, respondentOf: RespondentOf) {
  const surveys = await db.survey.findMany({
    where: { group: { members: { some: { personId } } }, state: { not: 'draft' } },
    select: { id: true, anonymous: true },
  });
  return db.surveyAnswer.findMany({
    where: { OR: surveys.map((survey) => ({ surveyId: survey.id, respondent: respondentOf(survey) })) },
    include: { survey: { select: { title: true } } },
    orderBy: { surveyId: 'asc' },
  });
}

/** Whose place at which activity became free by an erasure, and whom it fell to. */
export interface MovedUp {
  readonly activity: {
    readonly title: string;
    readonly number: number;
    readonly startsAt: number;
    readonly endsAt: number;
  };
  readonly personIds: readonly number[];
}

/** Whom an erasure leaves to be told something. */
export interface Erased {
  readonly moved: readonly MovedUp[];
  readonly waiting: readonly LeftWaiting[];
}

/**
 * Erases all that a person did and said. What others' figures rest on stays as a number without them: a demand that was
 * settled (without its words), a check-in at an activity that is over (without who, and without the minute). The entry
 * by which the platform's id is known stays while they are in a group, since they are counted among its members. Wrong
 * codes they tried stay for their hour. Runs inside a transaction.
 */
export async function eraseOwn(
  db: Db,
  personId: number,
  {
    now,
    random,
    respondentOf,
  }: {
    readonly now: number;
    readonly random: (bytes: number) => Uint8Array;
    readonly respondentOf: RespondentOf;
  },
): Promise<Erased> {
  for (const { surveyId, respondent } of await answersBy(db, personId, respondentOf)) {
    await db.surveyAnswer.delete({ where: { surveyId_respondent: { surveyId, respondent } } });
    await releaseAnswers(db, surveyId, respondent);
  }
  await db.presence.deleteMany({ where: { personId } });
  await db.address.deleteMany({ where: { OR: [{ fromId: personId }, { toId: personId }] } });
  await db.topicMark.deleteMany({ where: { personId } });
  await db.demandSupport.deleteMany({ where: { personId } });
  await db.confirmation.deleteMany({ where: { personId } });
  await db.reminderSetting.deleteMany({ where: { personId } });
  await db.outbox.deleteMany({ where: { personId, state: { in: ['pending', 'held'] } } });
  await eraseDemands(db, personId, now);
  const waiting = await eraseVoices(db, personId, { now, nobody });
  for (const { deedId } of await db.deedConfirmation.findMany({ where: { personId } }))
    await unconfirm(db, deedId, personId);
  await eraseCheckIns(db, personId, random);
  const moved = await eraseSignUps(db, personId, now);
  await db.group.updateMany({ where: { ownerId: personId }, data: { ownerId: null, ownerSaid: false } });
  await db.member.deleteMany({ where: { personId, leftAt: { not: null } } });
  if ((await db.member.count({ where: { personId } })) === 0)
    await db.person.update({ where: { id: personId }, data: { name: '' } });
  return { moved, waiting };
}

/** Nobody's: no person has this id. */
const nobody = 0;
const erasedText = '（提出的人已删除）';

async function eraseDemands(db: Db, personId: number, now: number): Promise<void> {
  const settled: readonly DemandStage[] = ['closed', 'unsolved', 'merged'];
  const whose = { askerId: personId };
  const gone = { askerId: nobody, text: erasedText, reply: null, consent: null, publicNote: null };
  await db.demandPhoto.deleteMany({ where: { demand: whose } });
  // Nobody else loses their answer with it.
  for (const row of await db.demand.findMany({ where: { ...whose, state: { notIn: [...settled] } } }))
    await unmerge(db, demandFrom(row));
  await db.demand.updateMany({ where: { ...whose, state: { in: [...settled] } }, data: gone });
  await db.demand.updateMany({
    where: { ...whose, state: { in: Object.keys(stageNames).filter((stage) => stage !== 'withdrawn') } },
    data: { ...gone, text: '', state: 'withdrawn' satisfies DemandStage, closedAt: new Date(now) },
  });
  await db.demand.updateMany({ where: whose, data: { ...gone, text: '' } });
}

async function eraseCheckIns(db: Db, personId: number, random: (bytes: number) => Uint8Array): Promise<void> {
  const rows = await db.checkIn.findMany({
    where: { personId },
    select: { activityId: true, activity: { select: { closedAt: true, startsAt: true } } },
  });
  for (const { activityId, activity } of rows) {
    const where = { activityId_personId: { activityId, personId } };
    // Where people can still check in, a nameless check-in would let the same person count twice.
    if (activity.closedAt === null) await db.checkIn.delete({ where });
    else
      await db.checkIn.update({
        where,
        data: { personId: noOne(random), at: activity.startsAt },
      });
  }
}

/** A number below zero, which no person has, another one each time: an activity counts each of them once. */
function noOne(random: (bytes: number) => Uint8Array): number {
  return -1 - (Buffer.from(random(4)).readUInt32LE() & 0x7ffffffe);
}

async function eraseSignUps(db: Db, personId: number, now: number): Promise<readonly MovedUp[]> {
  const rows = await db.signUp.findMany({ where: { personId }, include: { activity: true } });
  await db.signUp.deleteMany({ where: { personId } });
  const moved: MovedUp[] = [];
  for (const { state, activity } of rows) {
    const { id, title, number, startsAt, endsAt, capacity, closedAt } = activity;
    if (state !== 'in' || closedAt !== null || startsAt.getTime() <= now) continue;
    await db.activity.updateMany({ where: { id }, data: { number: { increment: 0 } } });
    const personIds = await moveUp(db, { id, capacity: capacity ?? undefined });
    if (personIds.length > 0)
      moved.push({
        activity: { title, number, startsAt: startsAt.getTime(), endsAt: endsAt.getTime() },
        personIds,
      });
  }
  return moved;
}
