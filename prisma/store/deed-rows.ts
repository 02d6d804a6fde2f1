/** A deed's row, and what it is in the database's words. */
import type { DeedWords } from '../../domain/deeds/deed.ts';
import { asDeedKind, type DeedKind, type EvidenceGrade, evidenceGrades } from '../../domain/deeds/kinds.ts';

/** A deed as it lies in the database. */
export interface DeedRow extends DeedWords {
  readonly id: number;
  readonly cadreId: number;
  readonly number: number;
  readonly grade: EvidenceGrade;
  readonly withBranch: boolean;
  readonly withClub: boolean;
  readonly reflection: string | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly withdrawn: boolean;
  readonly photos: number;
  readonly confirmations: number;
}

/** What a query has to include for {@link deedFrom}. */
export const counted = { _count: { select: { photos: true, confirmations: true } } } as const;

/** A kind as it is stored. Throws when there is none of that name. */
export function kindFrom(stored: string): DeedKind {
  const kind = asDeedKind(stored);
  if (!kind) throw new Error('a deed is of an unknown kind');
  return kind;
}

/** A deed out of its row. Throws when its kind or grade is unknown. */
export function deedFrom(row: {
  readonly id: number;
  readonly cadreId: number;
  readonly number: number;
  readonly kind: string;
  readonly day: number;
  readonly at: bigint | null;
  readonly partner: string;
  readonly topic: string;
  readonly participants: number | null;
  readonly grade: string;
  readonly withBranch: boolean;
  readonly withClub: boolean;
  readonly reflection: string | null;
  readonly createdAt: Date;
  readonly withdrawnAt: Date | null;
  readonly _count: { readonly photos: number; readonly confirmations: number };
}): DeedRow {
  const grade = evidenceGrades.find((known) => known === row.grade);
  if (!grade) throw new Error(`deed ${row.id} is of an unknown grade`);
  return {
    id: row.id,
    cadreId: row.cadreId,
    number: row.number,
    kind: kindFrom(row.kind),
    day: row.day,
    at: row.at === null ? undefined : Number(row.at),
    partner: row.partner,
    topic: row.topic,
    participants: row.participants ?? undefined,
    grade,
    withBranch: row.withBranch,
    withClub: row.withClub,
    reflection: row.reflection ?? undefined,
    createdAt: row.createdAt.getTime(),
    withdrawn: row.withdrawnAt !== null,
    photos: row._count.photos,
    confirmations: row._count.confirmations,
  };
}
