/** What a cadre or a unit can have done that a requirement counts: deeds, papers handed in, and acts of the unit. */
import { type DeedKind, deedKindNames, deedKinds } from '../deeds/kinds.ts';

/** All of them are recorded by `/记`. */
export type RecordKind = DeedKind;

export const recordKinds = deedKindNames as [RecordKind, ...RecordKind[]];

/** What people read. */
export function recordName(kind: RecordKind): string {
  return deedKinds[kind].name;
}
