/** The policy that holds for a unit: the profile of the nearest unit that has chosen one, adjusted level by level. */
import {
  evidenceOf,
  manyYouthsIn,
  pathUp,
  profileOf,
  profileSinceOf,
  semestersOf,
  type Unit,
  type UnitLevel,
  unitLevels,
  unitsWithin,
} from '../units/unit.ts';
import { type Adjustment, adjustPolicy, withEvidence } from './adjust.ts';
import type { Policy } from './policy.ts';
import { defaultProfile, profiles } from './profiles/profiles.ts';

/** A stored change that no longer holds, since the level above was changed after it; `say` tells a person why. */
export interface VoidAdjustment {
  readonly unitId: number;
  readonly requirement: string;
  readonly say: string;
}

/** The profile of an id; undefined when there is none. */
export function profileNamed(id: string): Policy | undefined {
  return profiles.find((profile) => profile.id === id);
}

/**
 * The policy of a unit, with its semester dates, the evidence that it and those above it ask for, and since when it
 * goes by it. Adjustments are those of the units from the one that chose the profile down to this one: a unit above that
 * goes by another profile has adjusted something else. One that its level above would refuse today is left out and told.
 */
export function effectivePolicy(
  units: readonly Unit[],
  adjustments: ReadonlyMap<number, readonly Adjustment[]>,
  unitId: number,
): { readonly policy: Policy; readonly void: readonly VoidAdjustment[] } {
  const faults: VoidAdjustment[] = [];
  let policy = profileHere(units, unitId);
  for (const { id } of pathUnder(units, unitId)) {
    const result = adjustLevel(policy, adjustments.get(id) ?? []);
    policy = result.policy;
    for (const fault of result.faults) faults.push({ unitId: id, ...fault });
  }
  const weakest = evidenceOf(units, unitId);
  if (weakest) policy = withEvidence(policy, weakest);
  const set = semestersOf(units, unitId).map(({ key, from, to }) => ({ key, from, to }));
  if (set.length > 0) policy = { ...policy, semesters: { ...policy.semesters, set } };
  const since = profileSinceOf(units, unitId);
  if (since !== undefined) policy = { ...policy, since };
  const manyYouths = manyYouthsIn(units, unitId);
  if (manyYouths !== undefined) policy = { ...policy, manyYouths };
  return { policy, void: faults };
}

/** The units from the highest that goes by the same profile without a break down to this one. */
function pathUnder(units: readonly Unit[], unitId: number): readonly Unit[] {
  const profile = profileHere(units, unitId);
  const path = pathUp(units, unitId);
  const other = path.findIndex(({ id }) => profileHere(units, id) !== profile);
  return (other < 0 ? path : path.slice(0, other)).toReversed();
}

/** The profile that a unit goes by: its own choice, that of the nearest above that chose, or the default one. */
export function profileHere(units: readonly Unit[], unitId: number): Policy {
  return profileNamed(profileOf(units, unitId) ?? '') ?? defaultProfile;
}

/**
 * A unit's policy without the duties that its document puts on other levels: 团总支 is not asked for what 校团委 does, nor
 * the other way round (滁州 §七.4). Of a unit that stands alone nobody can say which level it is: it keeps all.
 */
export function policyOfOffice(policy: Policy, units: readonly Unit[], unitId: number): Policy {
  const depth = pathUnder(units, unitId).length - 1;
  const level: UnitLevel = unitLevels[Math.min(depth, unitLevels.length - 1)] ?? 'top';
  const isAlone = level === 'top' && unitsWithin(units, unitId).size === 1;
  return {
    ...policy,
    requirements: policy.requirements.filter(({ levels }) => isAlone || (levels?.includes(level) ?? true)),
  };
}

/** A level's changes together; where one of them is refused, those that are not. */
function adjustLevel(above: Policy, adjustments: readonly Adjustment[]) {
  const whole = adjustPolicy(above, adjustments);
  if (whole.kind === 'adjusted') return { policy: whole.policy, faults: [] };
  const sound = adjustments.filter((one) => adjustPolicy(above, [one]).kind === 'adjusted');
  const rest = adjustPolicy(above, sound);
  return { policy: rest.kind === 'adjusted' ? rest.policy : above, faults: whole.faults };
}
