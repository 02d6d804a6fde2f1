/** Operators (运维), who run the program and are told privately what they have to do; proved by a one-time code, as cadres are. */
import type { Db } from '../database.ts';
import { type IssuedCode, type Issuing, issueCode } from './codes.ts';

export interface OperatorRow {
  readonly id: number;
  readonly name: string;
  /** Where they are told; undefined until they have proved an account to be theirs. */
  readonly account: { readonly id: number; readonly platform: string; readonly name: string } | undefined;
}

/** An operator who can be told something. */
export interface ToldOperator {
  readonly id: number;
  readonly personId: number;
  readonly accountId: number;
}

/** Adds an operator and returns the one-time code; one who is there already gets a new code. */
export async function createOperator(db: Db, name: string, issuing: Issuing): Promise<IssuedCode> {
  const known = await db.operator.findUnique({ where: { name }, select: { id: true, personId: true } });
  const { id } =
    known ??
    (await db.operator.create({ data: { name, createdAt: new Date(issuing.now) }, select: { id: true } }));
  const code = await issueCode(db, { operatorId: id }, issuing);
  return { code, known: known ? (known.personId === null ? 'unproved' : 'proved') : 'no' };
}

/** The operator that a person has proved to be. */
export async function operatorOfPerson(
  db: Db,
  personId: number,
): Promise<{ readonly id: number } | undefined> {
  return (await db.operator.findUnique({ where: { personId }, select: { id: true } })) ?? undefined;
}

/** Who is told of an account's trouble: on any account but that one, which cannot speak. */
export async function operatorsBeside(db: Db, accountId: number): Promise<readonly ToldOperator[]> {
  const rows = await db.operator.findMany({
    where: { person: { accountId: { not: accountId } } },
    select: { id: true, person: { select: { id: true, accountId: true } } },
    orderBy: { id: 'asc' },
  });
  return rows.flatMap(({ id, person }) =>
    person ? [{ id, personId: person.id, accountId: person.accountId }] : [],
  );
}

/** All operators, in the order in which they were added. */
export async function allOperators(db: Db): Promise<readonly OperatorRow[]> {
  const account = { select: { id: true, platform: true, name: true } };
  const rows = await db.operator.findMany({
    select: { id: true, name: true, person: { select: { account } } },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id, name, person }) => ({ id, name, account: person?.account }));
}

/** They are told nothing more, and their codes are good for nothing. False: there is no such operator. */
export async function removeOperator(db: Db, name: string): Promise<boolean> {
  await db.bindingCode.deleteMany({ where: { operator: { name } } });
  return (await db.operator.deleteMany({ where: { name } })).count > 0;
}
