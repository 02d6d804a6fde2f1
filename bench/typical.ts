/**
 * The way a typical bot does it: for each message one transaction with a row against duplicates and a row that counts
 * the member's messages of the day. The bare driver on the same settings, which is kinder than an ORM would be.
 */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayOf } from '../domain/calendar/day.ts';
import { closeSqlite, openSqlite } from '../prisma/sqlite.ts';
import { Stream } from './stream.ts';

/** Messages a second. Throws when the counts are wrong. */
export async function runTypical(messages: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'lianqing-bench-'));
  const driver = await openSqlite(join(folder, 'typical.db'));
  try {
    driver.exec(`CREATE TABLE seen (id TEXT PRIMARY KEY);
      CREATE TABLE counts (chat TEXT, day INTEGER, sender TEXT, n INTEGER, PRIMARY KEY (chat, day, sender))`);
    const remember = driver.prepare('INSERT INTO seen VALUES (?) ON CONFLICT DO NOTHING');
    const count = driver.prepare(
      'INSERT INTO counts VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1',
    );
    const stream = new Stream(1);
    const different = new Set<string>();
    const started = performance.now();
    for (let n = 0; n < messages; n++) {
      const event = stream.next();
      driver.exec('BEGIN IMMEDIATE');
      if (remember.run([event.id]).changes === 1)
        count.run([event.chat.id, BigInt(dayOf(event.at)), event.sender.id]);
      driver.exec('COMMIT');
      different.add(event.id);
    }
    const rate = (messages / (performance.now() - started)) * 1000;
    const { sum } = driver.prepare('SELECT sum(n) AS sum FROM counts').get([]) as { sum: bigint };
    if (Number(sum) !== different.size) throw new Error(`counted ${sum} messages, not ${different.size}`);
    return rate;
  } finally {
    closeSqlite(driver);
    rmSync(folder, { recursive: true });
  }
}
