/** A year of a school of any size: one group a cadre, a third of them handed over in September, filled by the database itself, the same on both. */
import { dayFrom, startOfDay } from '../domain/calendar/day.ts';
import { deedKindNames } from '../domain/deeds/kinds.ts';

export const unitId = 1;
const today = dayFrom(2026, 11, 18);
/** A Wednesday evening. */
export const now = startOfDay(today) + 20 * 3_600_000;
const newYear = dayFrom(2026, 1, 1);
const september = dayFrom(2026, 9, 1);

/** The members of a group with its cadre; records, activities and topics of a year; days that are not folded yet. */
const size = {
  members: 100,
  deeds: 60,
  activities: 4,
  checkIns: 30,
  topics: 11,
  marks: 8,
  days: 35,
  speakers: 5,
  pairings: 4,
};

/** The statements that fill a fresh database, and how many rows there are of what is counted. */
export function filling(
  dialect: 'sqlite' | 'postgresql',
  groups: number,
): { readonly statements: readonly string[]; readonly rows: number } {
  const series = (name: string, from: number, to: number) =>
    dialect === 'sqlite'
      ? `(WITH RECURSIVE s(n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM s WHERE n < ${to}) SELECT n FROM s) AS ${name}`
      : `(SELECT n FROM generate_series(${from}, ${to}) AS s(n)) AS ${name}`;
  // Milliseconds as each database keeps instants.
  const instant = (ms: string) =>
    dialect === 'sqlite'
      ? `strftime('%Y-%m-%dT%H:%M:%S.000+00:00', (${ms}) / 1000, 'unixepoch')`
      : `to_timestamp((${ms}) / 1000) AT TIME ZONE 'UTC'`;
  const day = (expression: string) => `(CAST(${expression} AS BIGINT) * 86400000 - 28800000)`;
  const yes = dialect === 'sqlite' ? '1' : 'true';
  const no = dialect === 'sqlite' ? '0' : 'false';
  const { members, deeds, activities, checkIns, topics, marks, days, speakers, pairings } = size;
  // Person p of group g (from 1 on) is (g - 1) * members + p + 1; p = 0 is the cadre.
  const person = (g: string, p: string) => `((${g} - 1) * ${members} + ${p} + 1)`;
  /** Who led a group before. */
  const former = (n: string) => `(${n} % ${groups} + 1)`;
  const kinds = deedKindNames.map((kind, n) => `WHEN ${n} THEN '${kind}'`).join(' ');
  const each = `${series('g', 1, groups)}`;
  const statements = [
    `INSERT INTO "Account" ("id", "platform", "name") VALUES (1, 'bench', 'bot')`,
    `INSERT INTO "Unit" ("id", "name", "profile") VALUES (${unitId}, '校团委', 'xinjiang')`,
    `INSERT INTO "Person" ("id", "accountId", "name", "bot") SELECT n, 1, 'p', ${no} FROM ${series('s', 1, groups * members)}`,
    `INSERT INTO "Person" ("id", "accountId", "name", "bot") VALUES (${groups * members + 1}, 1, 'bot', ${yes})`,
    `INSERT INTO "Group" ("id", "accountId", "name", "createdAt") SELECT n, 1, 'g', ${instant('0')} FROM ${series('s', 1, groups)}`,
    `INSERT INTO "Cadre" ("id", "name", "unitId", "personId", "createdAt", "kind", "exempt", "branch", "club", "identityAt")
     SELECT n, 'c', ${unitId}, ${person('n', '0')}, ${instant('0')},
            CASE n % 9 WHEN 0 THEN 'part_time' WHEN 1 THEN 'seconded' WHEN 2 THEN 'leading_part_time' ELSE 'full_time' END,
            CASE n % 41 WHEN 0 THEN 'maternity' END, CASE n % 5 WHEN 0 THEN '' ELSE 'b' END,
            CASE n % 3 WHEN 0 THEN 'c' ELSE '' END, CASE n % 4 WHEN 0 THEN NULL ELSE ${instant(`${day(`${newYear} + n % 200`)} + 36000000`)} END
       FROM ${series('s', 1, groups)}`,
    // Every third group was the next cadre's until September.
    `INSERT INTO "Binding" ("groupId", "cadreId", "personId", "at", "eventKey")
     SELECT n, n, ${person('n', '0')}, CASE WHEN n % 3 = 0 THEN ${instant(`${day(`${september}`)} + 36000000`)}
                                            ELSE ${instant(`${day(`${newYear} - 100`)} + 36000000`)} END, 'e'
       FROM ${series('s', 1, groups)}`,
    `INSERT INTO "Binding" ("groupId", "cadreId", "personId", "at", "eventKey")
     SELECT n, ${former('n')}, ${person(former('n'), '0')}, ${instant(`${day(`${newYear} - 100`)} + 36000000`)}, 'f'
       FROM ${series('s', 1, groups)} WHERE n % 3 = 0`,
    `INSERT INTO "Pairing" ("cadreId", "number", "name", "since", "endedAt")
     SELECT g.n, p.n, '', ${newYear}, CASE WHEN p.n = 3 AND g.n % 2 = 0 THEN ${instant('0')} END
       FROM ${series('g', 1, groups)}, ${series('p', 1, pairings)} WHERE p.n <= g.n % 5`,
    // Every 23rd youth has left.
    `INSERT INTO "Member" ("groupId", "personId", "leftAt")
     SELECT (n - 1) / ${members} + 1, n, CASE WHEN n % 23 = 0 AND n % ${members} <> 1 THEN ${instant('0')} END
       FROM ${series('s', 1, groups * members)}`,
    `INSERT INTO "Member" ("groupId", "personId") SELECT n, ${groups * members + 1} FROM ${series('s', 1, groups)}`,
    // Who led a group before is a youth of it now, or has left.
    `INSERT INTO "Member" ("groupId", "personId", "leftAt")
     SELECT n, ${person(former('n'), '0')}, CASE WHEN n % 2 = 0 THEN ${instant('0')} END
       FROM ${series('s', 1, groups)} WHERE n % 3 = 0`,
    `INSERT INTO "Presence" ("groupId", "day", "personId", "slots")
     SELECT g.n, ${today} - d.n, ${person('g.n', `(CASE WHEN p.n = 0 THEN 0 ELSE (g.n + d.n * 7 + p.n * 13) % ${members - 1} + 1 END)`)},
            (CAST(1 AS BIGINT) << CAST(16 + (g.n + d.n + p.n) % 12 AS INTEGER)) | 1048576
       FROM ${each}, ${series('d', 0, days - 1)}, ${series('p', 0, speakers - 1)} WHERE (g.n + d.n) % 7 <> 0 OR p.n > 0`,
    `INSERT INTO "Deed" ("cadreId", "number", "kind", "day", "grade", "createdAt", "withBranch", "withClub", "participants", "withdrawnAt")
     SELECT g.n, d.n, CASE (g.n * 7 + d.n * 5 + d.n / 7) % ${deedKindNames.length} ${kinds} END,
            ${newYear} + (g.n * 31 + d.n * 11) % ${today - newYear + 1},
            CASE (g.n + d.n) % 3 WHEN 0 THEN 'verified' WHEN 1 THEN 'documented' ELSE 'stated' END, ${instant('0')},
            CASE WHEN (g.n + d.n) % 20 = 0 THEN ${yes} ELSE ${no} END, CASE WHEN (g.n + d.n) % 31 = 0 THEN ${yes} ELSE ${no} END,
            CASE WHEN d.n % 3 = 0 THEN (g.n + d.n) % 60 END, CASE WHEN (g.n + d.n) % 29 = 0 THEN ${instant('0')} END
       FROM ${each}, ${series('d', 1, deeds)}`,
    // One youth has confirmed each talk and visit: some who were at an activity, and some who were not.
    `INSERT INTO "DeedConfirmation" ("deedId", "personId", "at")
     SELECT d."id", ${person('d."cadreId"', `((d."number" * 7 + d."cadreId") % ${members - 1} + 1)`)}, ${instant('0')}
       FROM "Deed" d WHERE d."kind" IN ('heart_talk', 'visit')`,
    `INSERT INTO "Activity" ("id", "groupId", "number", "title", "startsAt", "endsAt", "offline", "createdAt", "closedAt", "note")
     SELECT (g.n - 1) * ${activities} + a.n, g.n, a.n, 'a', ${instant(`${day(`${newYear} + (a.n - 1) * 91 + g.n % 40`)} + 36000000`)},
            ${instant('0')}, ${yes}, ${instant('0')}, ${instant('0')}, '好' FROM ${each}, ${series('a', 1, activities)}`,
    `INSERT INTO "CheckIn" ("activityId", "personId", "at", "ticked")
     SELECT (g.n - 1) * ${activities} + a.n, ${person('g.n', `((a.n * 17 + p.n * 3) % ${members - 1} + 1)`)},
            ${instant(`${day(`${newYear} + (a.n - 1) * 91 + g.n % 40`)} + 36000000`)}, ${no}
       FROM ${each}, ${series('a', 1, activities)}, ${series('p', 1, checkIns)}`,
    // Whoever leads then was there, too, and met nobody by that.
    `INSERT INTO "CheckIn" ("activityId", "personId", "at", "ticked")
     SELECT (n - 1) * ${activities} + 1, ${person(former('n'), '0')},
            ${instant(`${day(`${newYear} + n % 40`)} + 36000000`)}, ${no}
       FROM ${series('s', 1, groups)} WHERE n % 3 = 0`,
    `INSERT INTO "Topic" ("id", "groupId", "number", "title", "text", "openedAt", "closesAt")
     SELECT (g.n - 1) * ${topics} + t.n, g.n, t.n, 't', 't', ${instant(`${day(`${today} - (${topics} - t.n) * 30 - 5`)} + 36000000`)},
            ${instant(`${day(`${today} - (${topics} - t.n) * 30 + 2`)} + 36000000`)} FROM ${each}, ${series('t', 1, topics)}`,
    // Marks are kept as long as presence: those of the last topic.
    `INSERT INTO "TopicMark" ("groupId", "key", "personId", "at")
     SELECT g.n, 'tag:${topics}', ${person('g.n', `((m.n * 7 + g.n) % ${members - 1} + 1)`)}, ${day(`${today} - 4`)} + m.n * 60000
       FROM ${each}, ${series('m', 1, marks)} WHERE m.n <= 3 + g.n % 6`,
  ];
  const perGroup = members + 1 + days * speakers + deeds + activities * (checkIns + 1) + topics + marks + 2;
  return { statements, rows: groups * perGroup };
}
