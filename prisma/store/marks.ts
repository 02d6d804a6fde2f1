/** What the account has put on people, to know them again after a login. */
import type { Db } from '../database.ts';
import { loginOf } from './identity.ts';
import { rowsParameter } from './rows.ts';
import { peopleWithVoices } from './voices.ts';

/**
 * People who are cadres, administrators or operators, or of whom something private is kept (prisma/store/private-things.ts),
 * who have no mark, under their present ids; at most so many.
 */
export async function toBeMarked(
  db: Db,
  accountId: number,
  but: readonly number[],
  limit: number,
): Promise<readonly { readonly personId: number; readonly externalId: string }[]> {
  const login = await loginOf(db, accountId);
  const askers = await db.demand.findMany({
    where: { group: { accountId }, askerId: { not: null } },
    select: { askerId: true },
    distinct: ['askerId'],
  });
  const supporters = await db.demandSupport.findMany({
    where: { demand: { group: { accountId } } },
    select: { personId: true },
    distinct: ['personId'],
  });
  const private_ = [
    ...askers.flatMap(({ askerId }) => askerId ?? []),
    ...supporters.map(({ personId }) => personId),
    ...(await peopleWithVoices(db, accountId)),
  ];
  const people = await db.person.findMany({
    where: {
      accountId,
      bot: false,
      mark: null,
      id: { notIn: [...but] },
      aliases: { some: { login } },
      OR: [
        { cadre: { isNot: null } },
        { administrator: { isNot: null } },
        { operator: { isNot: null } },
        { confirmed: { some: {} } },
        { id: { in: private_ } },
      ],
    },
    select: { id: true, aliases: { where: { login }, select: { externalId: true } } },
    orderBy: { id: 'asc' },
    take: limit,
  });
  return people.flatMap(({ id, aliases: [alias] }) =>
    alias ? [{ personId: id, externalId: alias.externalId }] : [],
  );
}

/** The account has put this mark on a person. */
export function setMark(db: Db, personId: number, mark: string): Promise<void> {
  return setMarks(db, [{ personId, mark }]);
}

/** The account has put these marks on people. */
export async function setMarks(
  db: Db,
  marks: readonly { readonly personId: number; readonly mark: string }[],
): Promise<void> {
  if (marks.length === 0) return;
  await db.$executeRaw`
    UPDATE "Person" SET "mark" = m."mark"
      FROM (SELECT CAST(value->>0 AS INTEGER) AS "id", value->>1 AS "mark"
              FROM json_each(${rowsParameter(marks.map(({ personId, mark }) => [personId, mark]))})) m
     WHERE "Person"."id" = m."id"`;
}

/**
 * Whether a person may be who another one was before a login: nobody under the present login of the same account is that
 * other one. On another account they are two, whoever they are.
 */
export async function mayBeThePerson(db: Db, personId: number, before: number): Promise<boolean> {
  const person = await db.person.findUniqueOrThrow({ where: { id: personId } });
  const other = await db.person.findUnique({
    where: { id: before },
    select: { accountId: true, account: { select: { login: true } }, aliases: { select: { login: true } } },
  });
  if (!other || before === personId || other.accountId !== person.accountId) return false;
  return !other.aliases.some(({ login }) => login === (other.account.login ?? ''));
}
