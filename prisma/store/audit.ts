/** The append-only, hash-chained log of who read or changed a person's data (design.md, Authority). */
import type { Db } from '../database.ts';

/** Hashes with the program's key: without it the chain cannot be made anew. */
export type Hash = (text: string) => string;

export interface AuditEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Who, as `person:12`. */
  readonly actor: string;
  /** What, as `demand.read`. */
  readonly action: string;
  /** Whose or which, as `demand:5`: ids only, neither names nor texts. */
  readonly subject: string;
}

/** The chain's first row, under an id that no counter gives. Whoever adds a row holds it till their transaction ends. */
const beginning: AuditEntry & { readonly id: number } = {
  id: 0,
  at: 0,
  actor: 'lianqing',
  action: 'begin',
  subject: '',
};

/** Adds an entry; its hash covers the row before it. */
export async function recordAudit(db: Db, hash: Hash, entry: AuditEntry): Promise<void> {
  // On PostgreSQL this upsert locks the first row, so that two entries never follow the same one.
  await db.audit.upsert({
    where: { id: beginning.id },
    create: { ...beginning, at: new Date(beginning.at), hash: hash(link('', beginning)) },
    update: { actor: beginning.actor },
  });
  const last = await db.audit.findFirst({ orderBy: { id: 'desc' }, select: { hash: true } });
  await db.audit.create({
    data: { ...entry, at: new Date(entry.at), hash: hash(link(last?.hash ?? '', entry)) },
  });
}

/** The id of the first row whose hash does not follow from the rows before it; undefined when the chain is whole. */
export async function brokenLink(db: Db, hash: Hash): Promise<number | undefined> {
  let before = '';
  let after = -1;
  for (;;) {
    const rows = await db.audit.findMany({
      where: { id: { gt: after } },
      orderBy: { id: 'asc' },
      take: 1000,
    });
    for (const row of rows) {
      if (row.hash !== hash(link(before, { ...row, at: row.at.getTime() }))) return row.id;
      before = row.hash;
      after = row.id;
    }
    if (rows.length < 1000) return undefined;
  }
}

function link(before: string, { at, actor, action, subject }: AuditEntry): string {
  return JSON.stringify([before, at, actor, action, subject]);
}
