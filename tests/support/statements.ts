/** How many statements the databases are asked, whichever way they come to the driver. */
import Driver from 'libsql';
import pg from 'pg';
import { vi } from 'vitest';

/** Runs work and tells how many statements it was, on SQLite or on PostgreSQL, without those that frame a transaction. */
export async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const probe = new Driver(':memory:');
  const prepared = Object.getPrototypeOf(probe.prepare('SELECT 1'));
  probe.close();
  const spies = [
    vi.spyOn(prepared, 'run'),
    vi.spyOn(prepared, 'all'),
    vi.spyOn(pg.Client.prototype, 'query'),
  ];
  try {
    await work();
    return spies.reduce((sum, spy) => sum + spy.mock.calls.filter(([first]) => !isFrame(first)).length, 0);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

function isFrame(query: unknown): boolean {
  const text = typeof query === 'object' && query !== null && 'text' in query ? query.text : undefined;
  return text === 'BEGIN' || text === 'COMMIT';
}
