import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Hint, Sandbox } from '../adapters/sandbox/sandbox.ts';
import { dayMs } from '../domain/calendar/day.ts';
import { type Database, openDatabase } from '../prisma/database.ts';
import { ensureAccount } from '../prisma/store/accounts.ts';
import { bind, createCadre } from '../prisma/store/cadres.ts';
import { resolveGroup, resolvePeople } from '../prisma/store/identity.ts';
import { silentLog } from './log.ts';
import { openSandbox } from './sandbox.ts';
import { secretOf } from './secret.ts';

const morning = Date.parse('2027-03-09T10:00:00+08:00');
let now: number;
let dataDir: string;
let database: Database;
let sandbox: Sandbox;
let bytesMade = 1;
beforeEach(async () => {
  now = morning;
  dataDir = await mkdtemp(join(tmpdir(), 'lianqing-sandbox-'));
  database = await openDatabase('file::memory:');
  sandbox = await openSandbox({
    settings: { dataDir, port: 0 },
    database,
    clock: { now: () => now, moveTo: async () => {} },
    secret: secretOf('k'.repeat(32)),
    log: silentLog,
    tick: async () => {},
  });
  await sandbox.start(async () => {});
});
afterEach(async () => {
  await sandbox.stop();
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});

const hint = async () => (await (await fetch(`${sandbox.url}api/hint`)).json()) as Hint;

/** Somebody of the sandbox proves to be a cadre; `binds` the group too. */
async function proves(externalId: string, name: string, binds: boolean): Promise<void> {
  await database.transaction(async (tx) => {
    const account = await ensureAccount(tx, 'sandbox', sandbox.account);
    const personId = (await resolvePeople(tx, account, [{ id: externalId }])).get(externalId) ?? 0;
    const made = { name, unit: '共青团示例学院委员会', now, hash: (text: string) => text };
    const { cadreId } = await createCadre(tx, {
      ...made,
      random: (bytes) => Buffer.alloc(bytes, bytesMade++),
    });
    await tx.cadre.update({ where: { id: cadreId }, data: { personId } });
    const groupId = await resolveGroup(tx, account, { id: 'group' }, now);
    if (binds) await bind(tx, { groupId, cadreId, personId, at: now, eventKey: externalId });
  });
}

it('the first steps are the binding, with a code until the sample cadre is proved', async () => {
  const fresh = await hint();
  expect(fresh.steps[0]).toMatchObject({ say: expect.stringMatching(/^\/绑定 \w{4}-\w{4}$/), as: 'cadre' });
  expect(await hint()).toEqual(fresh);
  await proves('cadre', '张晓', false);
  expect((await hint()).steps[0]).toMatchObject({ say: '/绑定' });
});

it('after the binding they play whoever is the cadre: from the day after a handover, the new one', async () => {
  await proves('cadre', '张晓', true);
  expect(await hint()).toMatchObject({ title: '接着试试', cadre: 'cadre' });
  now += 3_600_000;
  await proves('youth-001', '王梓涵', true);
  expect(await hint()).toMatchObject({ cadre: 'cadre' });
  now += dayMs;
  expect(await hint()).toMatchObject({ cadre: 'youth-001' });
});
