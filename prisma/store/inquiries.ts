/** Questions to a group's cadre (问), numbered, and the FAQ that the cadre makes of some. */
import { consoleMs, type Inquiry, type InquiryStage, remindMs } from '../../domain/listening/inquiry.ts';
import type { Db } from '../database.ts';
import { lockGroup } from './numbering.ts';

/** A question as it lies in the database. */
export interface InquiryRow extends Inquiry {
  readonly id: number;
  readonly groupId: number;
  readonly askerId: number | undefined;
  /** It was asked in the group, and is answered there. */
  readonly inGroup: boolean;
}

/** Adds a question with the group's next number. */
export async function addInquiry(
  db: Db,
  asked: {
    readonly groupId: number;
    readonly askerId: number;
    readonly inGroup: boolean;
    readonly text: string;
  },
  now: number,
): Promise<InquiryRow> {
  await lockGroup(db, asked.groupId);
  const last = await db.inquiry.findFirst({
    where: { groupId: asked.groupId },
    orderBy: { number: 'desc' },
    select: { number: true },
  });
  const row = await db.inquiry.create({
    data: { ...asked, number: (last?.number ?? 0) + 1, createdAt: new Date(now) },
  });
  return inquiryFrom(row);
}

/** The question with that number in the group. */
export async function inquiryNumbered(
  db: Db,
  groupId: number,
  number: number,
): Promise<InquiryRow | undefined> {
  const row = await db.inquiry.findUnique({ where: { groupId_number: { groupId, number } } });
  return row ? inquiryFrom(row) : undefined;
}

/** The asker's open question of that text: asked twice, it is one. */
export async function sameInquiry(
  db: Db,
  groupId: number,
  askerId: number,
  text: string,
): Promise<InquiryRow | undefined> {
  const row = await db.inquiry.findFirst({ where: { groupId, askerId, text, state: 'open' } });
  return row ? inquiryFrom(row) : undefined;
}

/** How many questions a person has asked since an instant. */
export async function inquiriesSince(db: Db, askerId: number, since: number): Promise<number> {
  return db.inquiry.count({ where: { askerId, createdAt: { gt: new Date(since) } } });
}

/** Keeps what a question has become, if it still is as it was read. False: somebody else has moved it. */
export async function moveInquiry(db: Db, before: InquiryRow, after: Inquiry): Promise<boolean> {
  const { count } = await db.inquiry.updateMany({
    where: {
      id: before.id,
      state: before.state,
      answer: before.answer ?? null,
      faq: before.faq ?? null,
    },
    data: {
      state: after.state,
      text: after.text,
      answer: after.answer ?? null,
      answeredAt: after.answeredAt === undefined ? null : new Date(after.answeredAt),
      faq: after.faq ?? null,
    },
  });
  return count === 1;
}

/** A group's questions that wait for the cadre, the oldest first. */
export async function openInquiries(db: Db, groupId: number, limit: number): Promise<readonly InquiryRow[]> {
  const rows = await db.inquiry.findMany({
    where: { groupId, state: 'open' },
    orderBy: { number: 'asc' },
    take: limit,
  });
  return rows.map(inquiryFrom);
}

/** How many questions of a group wait for the cadre. */
export async function countOpenInquiries(db: Db, groupId: number): Promise<number> {
  return db.inquiry.count({ where: { groupId, state: 'open' } });
}

/** An entry of the FAQ: nobody's name, the question as the cadre worded it. */
export interface FaqEntry {
  readonly number: number;
  readonly question: string;
  readonly answer: string;
}

/** A group's FAQ, by number. */
export async function faqOf(db: Db, groupId: number): Promise<readonly FaqEntry[]> {
  const rows = await db.inquiry.findMany({
    where: { groupId, faq: { not: null }, answer: { not: null } },
    orderBy: { number: 'asc' },
    select: { number: true, faq: true, answer: true },
  });
  return rows.map(({ number, faq, answer }) => ({ number, question: faq ?? '', answer: answer ?? '' }));
}

/** What a person has asked, the newest first, with the name of the group. */
export async function inquiriesOf(
  db: Db,
  askerId: number,
  limit: number,
): Promise<readonly (InquiryRow & { readonly group: string })[]> {
  const rows = await db.inquiry.findMany({
    where: { askerId, state: { not: 'withdrawn' } },
    orderBy: { id: 'desc' },
    take: limit,
    include: { group: { select: { name: true } } },
  });
  return rows.map((row) => ({ ...inquiryFrom(row), group: row.group.name }));
}

/** The numbers of a group's questions that have waited so long that its cadre is reminded. */
export async function waitingInquiries(db: Db, groupId: number, now: number): Promise<readonly number[]> {
  const rows = await db.inquiry.findMany({
    where: { groupId, state: 'open', createdAt: { lte: new Date(now - remindMs) } },
    orderBy: { number: 'asc' },
    select: { number: true },
  });
  return rows.map(({ number }) => number);
}

/** The questions that have waited so long that their askers hear how it stands. */
export async function overdueInquiries(db: Db, now: number): Promise<readonly InquiryRow[]> {
  const rows = await db.inquiry.findMany({
    where: { state: 'open', createdAt: { lte: new Date(now - consoleMs) } },
    orderBy: { id: 'asc' },
  });
  return rows.map(inquiryFrom);
}

/** Deletes what was answered or taken back before an instant; of what stands in the FAQ, who asked and in what words. */
export async function forgetInquiries(db: Db, before: number): Promise<void> {
  const over = { state: { not: 'open' }, createdAt: { lt: new Date(before) } };
  await db.inquiry.deleteMany({ where: { ...over, faq: null } });
  await db.inquiry.updateMany({
    where: { ...over, faq: { not: null }, askerId: { not: null } },
    data: { askerId: null, text: '' },
  });
}

const stages: readonly InquiryStage[] = ['open', 'answered', 'withdrawn'];

function inquiryFrom(row: NonNullable<Awaited<ReturnType<Db['inquiry']['findUnique']>>>): InquiryRow {
  const state = stages.find((known) => known === row.state);
  if (!state) throw new Error(`inquiry ${row.id} is in an unknown state`);
  return {
    id: row.id,
    groupId: row.groupId,
    number: row.number,
    askerId: row.askerId ?? undefined,
    inGroup: row.inGroup,
    text: row.text,
    state,
    answer: row.answer ?? undefined,
    answeredAt: row.answeredAt?.getTime(),
    faq: row.faq ?? undefined,
  };
}
