import { expect, it } from 'vitest';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { brokenLink, recordAudit } from './audit.ts';

const hash = (text: string) =>
  `${text.length}/${[...text].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003, 7)}`;
const entry = (subject: string) => ({
  at: 1_788_000_000_000,
  actor: 'person:1',
  action: 'demand.read',
  subject,
});

describeOnBoth('the audit log', (open) => {
  it('is one chain, whoever writes at once', async () => {
    const database = await open();
    await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        database.transaction((tx) => recordAudit(tx, hash, entry(`demand:${i}`))),
      ),
    );
    expect(await database.db.audit.count()).toBe(13);
    expect(await brokenLink(database.db, hash)).toBeUndefined();
  });

  it('tells where it was tampered with', async () => {
    const database = await open();
    for (const subject of ['demand:1', 'demand:2', 'demand:3'])
      await database.transaction((tx) => recordAudit(tx, hash, entry(subject)));
    const [, first, second] = await database.db.audit.findMany({ orderBy: { id: 'asc' } });
    await database.db.audit.update({ where: { id: second!.id }, data: { subject: 'demand:9' } });
    expect(await brokenLink(database.db, hash)).toBe(second!.id);
    await database.db.audit.update({ where: { id: second!.id }, data: { subject: 'demand:2' } });
    expect(await brokenLink(database.db, hash)).toBeUndefined();
    await database.db.audit.delete({ where: { id: first!.id } });
    expect(await brokenLink(database.db, hash)).toBe(second!.id);
  });
});
