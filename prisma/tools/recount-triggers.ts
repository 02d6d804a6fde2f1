import type { Dialect } from './history.ts';

/** Rows on which something kept rests, and of whom it is kept: counts of groups (GroupCount), digests of cadres (DeedDigest). */
interface Source {
  readonly of: 'Group' | 'Cadre';
  readonly table: string;
  /** Each change of one of these, and of no other column, changes what is kept. */
  readonly columns: readonly string[];
  readonly events: readonly ('INSERT' | 'UPDATE' | 'DELETE')[];
  /** The ids, as a subquery or a value; `row` is OLD or NEW. */
  ids(row: string): string;
  /**
   * On PostgreSQL, what must not change or come to be in another transaction meanwhile, as the ids are found by it:
   * such a one is waited for, or waits, as its foreign key or its own update locks the same row.
   */
  lock?(row: string): string;
}

const any = ['INSERT', 'UPDATE', 'DELETE'] as const;
const deedsCadre = (row: string) => `(SELECT "cadreId" FROM "Deed" WHERE "id" = ${row}."deedId")`;
const ledBy = (cadre: string) => `SELECT "groupId" FROM "Binding" WHERE "cadreId" = ${cadre}`;

// Activities and deeds come without check-ins and confirmations, and go after them: only their changes count.
const sources: readonly Source[] = [
  {
    of: 'Group',
    table: 'Member',
    columns: ['groupId', 'personId', 'leftAt'],
    events: any,
    ids: (row) => `${row}."groupId"`,
  },
  {
    of: 'Group',
    table: 'Person',
    columns: ['bot'],
    events: ['UPDATE'],
    ids: (row) => `SELECT "groupId" FROM "Member" WHERE "personId" = ${row}."id"`,
    lock: (row) => `"Person" WHERE "id" = ${row}."id" FOR UPDATE`,
  },
  {
    of: 'Group',
    table: 'Activity',
    columns: ['groupId', 'offline', 'startsAt', 'closedAt', 'note'],
    events: ['UPDATE'],
    ids: (row) => `${row}."groupId"`,
  },
  {
    of: 'Group',
    table: 'CheckIn',
    columns: ['activityId', 'personId', 'at'],
    events: any,
    ids: (row) => `SELECT "groupId" FROM "Activity" WHERE "id" = ${row}."activityId"`,
    lock: (row) => `"Activity" WHERE "id" = ${row}."activityId" FOR KEY SHARE`,
  },
  {
    of: 'Group',
    table: 'Deed',
    columns: ['cadreId', 'kind', 'day', 'withdrawnAt'],
    events: ['UPDATE'],
    ids: (row) => ledBy(`${row}."cadreId"`),
    lock: (row) => `"Cadre" WHERE "id" = ${row}."cadreId" FOR UPDATE`,
  },
  {
    of: 'Group',
    table: 'DeedConfirmation',
    columns: ['deedId', 'personId'],
    events: any,
    ids: (row) => ledBy(deedsCadre(row)),
    lock: (row) => `"Cadre" WHERE "id" = ${deedsCadre(row)} FOR UPDATE`,
  },
  {
    of: 'Group',
    table: 'Binding',
    columns: ['groupId', 'cadreId', 'personId', 'at', 'eventKey'],
    events: any,
    ids: (row) => `${row}."groupId"`,
  },
  {
    of: 'Group',
    table: 'Cadre',
    columns: ['personId'],
    events: ['UPDATE'],
    ids: (row) => ledBy(`${row}."id"`),
  },
  {
    of: 'Cadre',
    table: 'Deed',
    columns: ['cadreId', 'kind', 'day', 'grade', 'participants', 'withBranch', 'withClub', 'withdrawnAt'],
    events: any,
    ids: (row) => `${row}."cadreId"`,
  },
];

const suffixes = { Group: 'recount', Cadre: 'redigest' };

/**
 * The triggers that raise the `revision` of a group or a cadre in the transaction that changes what is kept of it: so that
 * is good as long as the revision is the one that it was counted at. They belong to the first migration; one that makes a
 * table of theirs anew must make them anew, too.
 */
export function recountTriggers(dialect: Dialect): string {
  const made = sources.flatMap(({ of, table, columns, events, ids, lock }) =>
    events.map((event) => {
      const rows = { INSERT: ['NEW'], UPDATE: ['OLD', 'NEW'], DELETE: ['OLD'] }[event];
      const name = `"${table}_${event.toLowerCase()}_${suffixes[of]}"`;
      const when = event === 'UPDATE' ? `UPDATE OF ${columns.map((one) => `"${one}"`).join(', ')}` : event;
      const raised = rows.map(
        (row) => `  UPDATE "${of}" SET "revision" = "revision" + 1 WHERE "id" IN (${ids(row)});`,
      );
      if (dialect === 'sqlite') return onSqlite(name, when, table, raised);
      const locked = rows.flatMap((row) => (lock ? [`  PERFORM 1 FROM ${lock(row)};`] : []));
      return onPostgresql(name, when, table, [...locked, ...raised]);
    }),
  );
  return ['-- Revisions of groups and cadres (prisma/tools/recount-triggers.ts)', ...made]
    .join('\n\n')
    .concat('\n');
}

function onSqlite(name: string, when: string, table: string, body: readonly string[]): string {
  return `CREATE TRIGGER ${name} AFTER ${when} ON "${table}" BEGIN\n${body.join('\n')}\nEND;`;
}

function onPostgresql(name: string, when: string, table: string, body: readonly string[]): string {
  return [
    // Whatever path a later session has, as one that reads a backup in.
    `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN`,
    ...body,
    '  RETURN NULL;\nEND $$;',
    `CREATE TRIGGER ${name} AFTER ${when} ON "${table}" FOR EACH ROW EXECUTE FUNCTION ${name}();`,
  ].join('\n');
}
