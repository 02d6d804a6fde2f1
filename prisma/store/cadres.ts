/** Cadres, who of the people they are, and the groups that they take over. */
import type { Day } from '../../domain/calendar/day.ts';
import { type Binding, cadreOn, orderBindings } from '../../domain/presence/bindings.ts';
import { asCadreKind, type CadreKind } from '../../domain/units/unit.ts';
import type { Db } from '../database.ts';
import { type IssuedCode, type Issuing, issueCode } from './codes.ts';

/** A cadre who has proved which person they are. */
export interface CadreOfPerson {
  readonly id: number;
  readonly personId: number;
  readonly name: string;
  readonly unit: string;
}

export interface GroupRow {
  readonly id: number;
  readonly name: string;
}

const cadreWithUnit = { unit: { select: { name: true } } } as const;

/**
 * Adds a cadre to a unit (made when it is new, at the top of the tree) and returns the one-time code, as `ABCD-EFGH`. A
 * cadre whom that unit has already gets a new code instead of a second entry, and their unused ones end; `known` tells
 * whether an account was `proved` to be theirs, which the new code would replace. `kind`: 专职 unless told.
 */
export async function createCadre(
  db: Db,
  cadre: Issuing & {
    readonly name: string;
    readonly unit: string;
    readonly kind?: CadreKind | undefined;
  },
): Promise<IssuedCode & { readonly cadreId: number }> {
  const unit = await db.unit.upsert({
    where: { name: cadre.unit },
    create: { name: cadre.unit },
    update: {},
    select: { id: true },
  });
  const known = await db.cadre.findFirst({
    where: { name: cadre.name, unitId: unit.id },
    select: { id: true, personId: true },
  });
  const { id: cadreId } =
    known ??
    (await db.cadre.create({
      data: { name: cadre.name, unitId: unit.id, createdAt: new Date(cadre.now) },
      select: { id: true },
    }));
  if (cadre.kind) await db.cadre.update({ where: { id: cadreId }, data: { kind: cadre.kind } });
  const code = await issueCode(db, { cadreId }, cadre);
  return { cadreId, code, known: known ? (known.personId === null ? 'unproved' : 'proved') : 'no' };
}

/** What a cadre's standing depends on, besides deeds. */
export interface CadreProfile {
  readonly id: number;
  readonly name: string;
  readonly unitId: number;
  readonly unit: string;
  readonly kind: CadreKind;
  /** The linked league branch and club (新疆 §二); empty where none is named. */
  readonly branch: string;
  readonly club: string;
  /** 机关干部: of a leading organ of the League. */
  readonly organ: boolean;
  /** Why they are exempt (团中央 问答 9); undefined when they are not. */
  readonly exempt: string | undefined;
  readonly proved: boolean;
  /** When they last showed their identity, milliseconds. */
  readonly identityAt: number | undefined;
}

/** Cadres with their kind and links, all or those of some units, by unit and id. */
export async function cadreProfiles(db: Db, unitIds?: readonly number[]): Promise<readonly CadreProfile[]> {
  const rows = await db.cadre.findMany({
    ...(unitIds && { where: { unitId: { in: [...unitIds] } } }),
    include: cadreWithUnit,
    orderBy: [{ unitId: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row) => {
    const kind = asCadreKind(row.kind);
    if (!kind) throw new Error(`cadre ${row.id} is of an unknown kind`);
    return {
      id: row.id,
      name: row.name,
      unitId: row.unitId,
      unit: row.unit.name,
      kind,
      branch: row.branch,
      club: row.club,
      organ: row.organ,
      exempt: row.exempt ?? undefined,
      proved: row.personId !== null,
      identityAt: row.identityAt?.getTime(),
    };
  });
}

/** Changes what is said of a cadre; what is left out stays. `exempt: null` ends an exemption. */
export async function describeCadre(
  db: Db,
  cadreId: number,
  said: {
    readonly kind?: CadreKind | undefined;
    readonly branch?: string | undefined;
    readonly club?: string | undefined;
    readonly organ?: boolean | undefined;
    readonly exempt?: string | null | undefined;
  },
): Promise<void> {
  const given = Object.entries(said).filter(([, value]) => value !== undefined);
  await db.cadre.update({ where: { id: cadreId }, data: Object.fromEntries(given) });
}

/** The cadre that a person has proved to be. */
export async function cadreOfPerson(db: Db, personId: number): Promise<CadreOfPerson | undefined> {
  const row = await db.cadre.findUnique({ where: { personId }, include: cadreWithUnit });
  return row ? { id: row.id, personId, name: row.name, unit: row.unit.name } : undefined;
}

/** All cadres who have proved who they are. */
export async function provedCadres(db: Db): Promise<readonly CadreOfPerson[]> {
  const rows = await db.cadre.findMany({
    where: { personId: { not: null } },
    include: cadreWithUnit,
    orderBy: { id: 'asc' },
  });
  return rows.flatMap(({ id, personId, name, unit }) =>
    personId === null ? [] : [{ id, personId, name, unit: unit.name }],
  );
}

/**
 * The cadre of a group on a day (design.md, counting rule 9), as the person who has proved to be that cadre by now:
 * a new account of theirs leads at once, though its words count for the group only from its own binding on.
 */
export async function cadreOfGroup(db: Db, groupId: number, day: Day): Promise<CadreOfPerson | undefined> {
  return personOf(db, effectiveOn(await bindingRows(db, groupId), day));
}

/** Who holds a group from the day after `day` on, if that is another cadre than on `day`. */
export async function successorOf(db: Db, groupId: number, day: Day): Promise<CadreOfPerson | undefined> {
  const rows = await bindingRows(db, groupId);
  const next = effectiveOn(rows, day + 1);
  return next?.cadreId === effectiveOn(rows, day)?.cadreId ? undefined : personOf(db, next);
}

/** The groups whose cadre a person is on a day, in the order in which they are numbered for that person. */
export async function groupsLedBy(db: Db, personId: number, day: Day): Promise<readonly GroupRow[]> {
  const cadre = await cadreOfPerson(db, personId);
  if (!cadre) return [];
  const bound = await db.group.findMany({
    where: { leftAt: null, bindings: { some: { cadreId: cadre.id } } },
    select: { id: true, name: true },
    orderBy: { id: 'asc' },
  });
  const led: GroupRow[] = [];
  for (const group of bound)
    if (effectiveOn(await bindingRows(db, group.id), day)?.cadreId === cadre.id) led.push(group);
  return led;
}

/** The groups that a person is in and does not lead on a day, in the order in which they are numbered for them. */
export async function groupsJoinedBy(db: Db, personId: number, day: Day): Promise<readonly GroupRow[]> {
  const members = await db.member.findMany({
    where: { personId, leftAt: null, group: { leftAt: null, unmatchedAt: null } },
    select: { group: { select: { id: true, name: true } } },
    orderBy: { groupId: 'asc' },
  });
  const led = new Set((await groupsLedBy(db, personId, day)).map(({ id }) => id));
  return members.map(({ group }) => group).filter(({ id }) => !led.has(id));
}

/**
 * A cadre takes a group over at an instant: the event's own time and key, so that the same event heard again changes
 * nothing (design.md, counting rule 9).
 */
export async function bind(
  db: Db,
  binding: {
    readonly groupId: number;
    readonly cadreId: number;
    readonly personId: number;
    readonly at: number;
    readonly eventKey: string;
  },
): Promise<void> {
  const { groupId, eventKey } = binding;
  await db.binding.upsert({
    where: { groupId_eventKey: { groupId, eventKey } },
    create: { ...binding, at: new Date(binding.at) },
    update: {},
  });
}

/** Who was bound to a group last: its cadre, now or from tomorrow on. */
export interface Holder {
  readonly cadreId: number;
  readonly personId: number;
  readonly name: string;
}

/** The last binding of a group (design.md, counting rule 9); undefined when it has none. */
export async function holderOf(db: Db, groupId: number): Promise<Holder | undefined> {
  const last = (await bindingRows(db, groupId)).at(-1);
  return last && { cadreId: last.cadreId, personId: last.personId, name: last.cadre.name };
}

/** Notes that the cadre has shown who they are (团中央 §四.1). */
export async function showedIdentity(db: Db, cadreId: number, at: number): Promise<void> {
  await db.cadre.update({ where: { id: cadreId }, data: { identityAt: new Date(at) } });
}

type BindingRow = Awaited<ReturnType<typeof bindingRows>>[number];

/**
 * Bindings of cadres who have proved who they are: one whom only an imported file names holds nothing. In the order of
 * rule 9: by time, then by event key in code units, which a database's own order need not be.
 */
async function bindingRows(db: Db, groupId: number) {
  const rows = await db.binding.findMany({
    where: { groupId, cadre: { personId: { not: null } } },
    select: {
      id: true,
      cadreId: true,
      personId: true,
      at: true,
      eventKey: true,
      cadre: { select: { name: true } },
    },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return orderBindings(asBindings(rows)).flatMap(({ cadre: id }) => byId.get(id) ?? []);
}

/** The binding that holds on a day. */
function effectiveOn(rows: readonly BindingRow[], day: Day): BindingRow | undefined {
  const id = cadreOn(asBindings(rows), day);
  return rows.find((row) => row.id === id);
}

/** As the rule takes them; each is known by its row, since one cadre may have bound with several accounts. */
function asBindings(
  rows: readonly { readonly id: number; readonly at: Date; readonly eventKey: string }[],
): readonly Binding[] {
  return rows.map(({ id, at, eventKey }) => ({ at: at.getTime(), eventId: eventKey, cadre: id }));
}

async function personOf(db: Db, row: BindingRow | undefined): Promise<CadreOfPerson | undefined> {
  if (!row) return undefined;
  const cadre = await db.cadre.findUnique({ where: { id: row.cadreId }, include: cadreWithUnit });
  return cadre?.personId
    ? { id: cadre.id, personId: cadre.personId, name: cadre.name, unit: cadre.unit.name }
    : undefined;
}
