import type { Dialect } from './history.ts';

/** Rows on which the counts of groups (GroupCount) rest, and the groups that a row is counted in. */
interface Source {
  readonly table: string;
  /** Each change of one of these, and of no other column, changes a count. */
  readonly columns: readonly string[];
  readonly events: readonly ('INSERT' | 'UPDATE' | 'DELETE')[];
  /** A subquery or a value; `row` is OLD or NEW. */
  groups(row: string): string;
  /**
   * On PostgreSQL, what must not change or come to be in another transaction meanwhile, as the groups are found by it:
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
    table: 'Member',
    columns: ['groupId', 'personId', 'leftAt'],
    events: any,
    groups: (row) => `${row}."groupId"`,
  },
  {
    table: 'Person',
    columns: ['bot'],
    events: ['UPDATE'],
    groups: (row) => `SELECT "groupId" FROM "Member" WHERE "personId" = ${row}."id"`,
    lock: (row) => `"Person" WHERE "id" = ${row}."id" FOR UPDATE`,
  },
  {
    table: 'Activity',
    columns: ['groupId', 'offline', 'startsAt', 'closedAt', 'note'],
    events: ['UPDATE'],
    groups: (row) => `${row}."groupId"`,
  },
  {
    table: 'CheckIn',
    columns: ['activityId', 'personId'],
    events: any,
    groups: (row) => `SELECT "groupId" FROM "Activity" WHERE "id" = ${row}."activityId"`,
    lock: (row) => `"Activity" WHERE "id" = ${row}."activityId" FOR KEY SHARE`,
  },
  {
    table: 'Deed',
    columns: ['cadreId', 'kind', 'day', 'withdrawnAt'],
    events: ['UPDATE'],
    groups: (row) => ledBy(`${row}."cadreId"`),
    lock: (row) => `"Cadre" WHERE "id" = ${row}."cadreId" FOR UPDATE`,
  },
  {
    table: 'DeedConfirmation',
    columns: ['deedId', 'personId'],
    events: any,
    groups: (row) => ledBy(deedsCadre(row)),
    lock: (row) => `"Cadre" WHERE "id" = ${deedsCadre(row)} FOR UPDATE`,
  },
  {
    table: 'Binding',
    columns: ['groupId', 'cadreId'],
    events: any,
    groups: (row) => `${row}."groupId"`,
  },
  {
    table: 'Cadre',
    columns: ['personId'],
    events: ['UPDATE'],
    groups: (row) => ledBy(`${row}."id"`),
  },
];

/**
 * The triggers that raise a group's `revision` in the transaction that changes what is counted of it: so a kept count is
 * good as long as the revision is the one that it was counted at. They belong to the first migration; one that makes a
 * table of theirs anew must make them anew, too.
 */
export function recountTriggers(dialect: Dialect): string {
  const made = sources.flatMap(({ table, columns, events, groups, lock }) =>
    events.map((event) => {
      const rows = { INSERT: ['NEW'], UPDATE: ['OLD', 'NEW'], DELETE: ['OLD'] }[event];
      const name = `"${table}_${event.toLowerCase()}_recount"`;
      const when = event === 'UPDATE' ? `UPDATE OF ${columns.map((one) => `"${one}"`).join(', ')}` : event;
      const raised = rows.map(
        (row) => `  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (${groups(row)});`,
      );
      if (dialect === 'sqlite') return onSqlite(name, when, table, raised);
      const locked = rows.flatMap((row) => (lock ? [`  PERFORM 1 FROM ${lock(row)};`] : []));
      return onPostgresql(name, when, table, [...locked, ...raised]);
    }),
  );
  return ['-- A group’s revision (prisma/tools/recount-triggers.ts)', ...made].join('\n\n').concat('\n');
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
