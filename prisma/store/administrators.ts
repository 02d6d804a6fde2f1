/** Administrators of units (组织部), who prove who they are with a one-time code as cadres do. */
import type { Db } from '../database.ts';
import { type IssuedCode, type Issuing, issueCode } from './codes.ts';

/** An administrator who has proved which person they are. */
export interface AdministratorOfPerson {
  readonly id: number;
  readonly personId: number;
  readonly name: string;
  readonly unitId: number;
  readonly unit: string;
}

/** Adds an administrator to a unit and returns the one-time code; one who is there already gets a new code. */
export async function createAdministrator(
  db: Db,
  administrator: { readonly name: string; readonly unitId: number },
  issuing: Issuing,
): Promise<IssuedCode> {
  const { name, unitId } = administrator;
  const known = await db.administrator.findUnique({
    where: { unitId_name: { unitId, name } },
    select: { id: true, personId: true },
  });
  const { id } =
    known ??
    (await db.administrator.create({
      data: { name, unitId, createdAt: new Date(issuing.now) },
      select: { id: true },
    }));
  const code = await issueCode(db, { administratorId: id }, issuing);
  return { code, known: known ? (known.personId === null ? 'unproved' : 'proved') : 'no' };
}

/** The administrator that a person has proved to be. */
export async function administratorOfPerson(
  db: Db,
  personId: number,
): Promise<AdministratorOfPerson | undefined> {
  const row = await db.administrator.findUnique({
    where: { personId },
    include: { unit: { select: { name: true } } },
  });
  return row ? { id: row.id, personId, name: row.name, unitId: row.unitId, unit: row.unit.name } : undefined;
}
