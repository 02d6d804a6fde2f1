/** A bound group with its listening, and a clock to set, for tests of what is due when. */

import type { Job } from '../../bot/jobs/job.ts';
import { JobRunner } from '../../bot/jobs/runner.ts';
import { silentLog } from '../../bot/log.ts';
import { type Day, dayFrom, startOfDay } from '../../domain/calendar/day.ts';
import type { Database } from '../../prisma/database.ts';
import { findGroup, resolvePeople } from '../../prisma/store/identity.ts';
import { addListening } from '../../prisma/store/listening.ts';
import { addMarks } from '../../prisma/store/presence.ts';
import { bindGroups } from './bound-groups.ts';

/** Wednesday 5 August 2026: no stage of a week, month or quarter, so that only the voice is due. */
export const wednesday = dayFrom(2026, 8, 5);

/** An instant of a day, `clock` as `20:00`; milliseconds. */
export function at(day: Day, clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return startOfDay(day) + (hours * 60 + minutes) * 60_000;
}

export class Evening {
  now: number;
  readonly database: Database;
  readonly accountId: number;
  readonly groupId: number;
  readonly cadre: number;

  private constructor(database: Database, accountId: number, groupId: number, cadre: number, now: number) {
    this.database = database;
    this.accountId = accountId;
    this.groupId = groupId;
    this.cadre = cadre;
    this.now = now;
  }

  /** A group `g` bound to `c` two days before a day at 8:00. */
  static async begin(database: Database, day: Day = wednesday): Promise<Evening> {
    const groups = [{ group: 'g', cadre: 'c' }];
    const accountId = await bindGroups(
      database,
      { platform: 'test', name: 'bot' },
      groups,
      at(day - 2, '8:00'),
    );
    const groupId = (await findGroup(database.db, accountId, 'g')) ?? 0;
    const evening = new Evening(database, accountId, groupId, 0, at(day, '20:00'));
    return new Evening(database, accountId, groupId, await evening.person('c'), evening.now);
  }

  async person(id: string): Promise<number> {
    return (await resolvePeople(this.database.db, this.accountId, [{ id }])).get(id) ?? 0;
  }

  /** The bot heard everything from one instant to another. */
  hears(from: number, until: number): Promise<void> {
    return addListening(this.database.db, this.accountId, { from, until });
  }

  /** Somebody wrote something substantive in the half-hour of an instant. */
  async writes(id: string, when: number): Promise<void> {
    const day = Math.floor((when + 8 * 3_600_000) / 86_400_000);
    const slot = Math.floor((when - startOfDay(day)) / 1_800_000);
    const presence = [{ groupId: this.groupId, day, personId: await this.person(id), slots: 2 ** slot }];
    await addMarks(this.database.db, { presence, addresses: [], topicMarks: [], seen: [] });
  }

  /** What runs jobs, as a process that has just started. */
  runner(...jobs: readonly Job[]): JobRunner {
    const clock = { now: () => this.now };
    return new JobRunner({ database: this.database, jobs, clock, log: silentLog, afterTick() {} });
  }

  /** A tick of a new process at an instant. */
  tickAt(now: number, ...jobs: readonly Job[]): Promise<void> {
    this.now = now;
    return this.runner(...jobs).tick();
  }

  /** The texts of what is to be said, in order. */
  async said(): Promise<readonly string[]> {
    const rows = await this.database.db.outbox.findMany({ orderBy: { id: 'asc' } });
    return rows.map((row) => String(JSON.parse(row.body ?? '{}').text));
  }
}
