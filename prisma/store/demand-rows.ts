/** A demand's row, and what it is in the database's words. */
import {
  type Consent,
  type Demand,
  type DemandKind,
  type DemandStage,
  demandKinds,
  stageNames,
} from '../../domain/listening/demand.ts';

/** Who waits for an answer: a person, or somebody whom only the key can tell (bot/sealed-address.ts). */
export type Asker = { readonly personId: number } | { readonly sealed: string };

/** A demand as it lies in the database. */
export interface DemandRow extends Demand {
  readonly id: number;
  readonly groupId: number;
  /** Nobody: an anonymous one that was withdrawn. */
  readonly asker: Asker | undefined;
  /** Of an anonymous one: the keyed hash of its asker's word. */
  readonly ticket: string | undefined;
  readonly kind: DemandKind | undefined;
  readonly field: string | undefined;
}

/** Who asked, by name; nobody of an anonymous one. */
export function personOf({ asker }: Pick<DemandRow, 'asker'>): number | undefined {
  return asker && 'personId' in asker ? asker.personId : undefined;
}

const stages = Object.keys(stageNames) as DemandStage[];

const consents: readonly Consent[] = ['asked', 'given', 'refused'];

/** Who waits for it, as the row tells it. */
export function askerFrom({
  askerId,
  address,
}: {
  readonly askerId: number | null;
  readonly address: string | null;
}): Asker | undefined {
  if (askerId !== null) return { personId: askerId };
  return address === null ? undefined : { sealed: address };
}

/** A row of the table as a demand. */
export function demandFrom(row: {
  readonly id: number;
  readonly groupId: number;
  readonly number: number;
  readonly askerId: number | null;
  readonly address: string | null;
  readonly ticket: string | null;
  readonly text: string;
  readonly state: string;
  readonly createdAt: Date;
  readonly acceptedAt: Date | null;
  readonly answeredAt: Date | null;
  readonly closedAt: Date | null;
  readonly reply: string | null;
  readonly kind: string | null;
  readonly field: string | null;
  readonly consent: string | null;
  readonly mergedInto: number | null;
}): DemandRow {
  const state = stages.find((known) => known === row.state);
  if (!state) throw new Error(`demand ${row.id} is in an unknown state`);
  return {
    id: row.id,
    groupId: row.groupId,
    number: row.number,
    asker: askerFrom(row),
    ticket: row.ticket ?? undefined,
    text: row.text,
    state,
    createdAt: row.createdAt.getTime(),
    acceptedAt: row.acceptedAt?.getTime(),
    answeredAt: row.answeredAt?.getTime(),
    closedAt: row.closedAt?.getTime(),
    reply: row.reply ?? undefined,
    kind: demandKinds.find((known) => known === row.kind),
    field: row.field ?? undefined,
    consent: consents.find((known) => known === row.consent),
    mergedInto: row.mergedInto ?? undefined,
  };
}
