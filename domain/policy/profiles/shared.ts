/**
 * What the profiles' requirements have in common: whom they bind and how they are measured. The words that a requirement
 * rests on are never shared: each profile cites its own.
 */
import { cadreKindNames } from '../../units/unit.ts';
import type { Requirement } from '../policy.ts';

/** Every kind of cadre. */
const everyCadre: Requirement['binds'] = { kinds: [...cadreKindNames] };
/** 机关干部: of a leading organ of the League. */
export const organCadre = { ...everyCadre, organ: true } as const satisfies Requirement['binds'];
/** Those who keep in contact with a hundred youths: 专职、挂职、领导机关兼职. */
export const hundredCadre: Requirement['binds'] = { kinds: ['full_time', 'seconded', 'leading_part_time'] };

/** A duty of every cadre. */
export const duty = { subject: 'cadre', force: 'binding', binds: everyCadre } as const;
/** A duty of every cadre that records answer, one of them unless the requirement says more. */
export const recordsDuty = { ...duty, measure: 'records', threshold: { atLeast: 1 } } as const;
/** A duty of the unit that one record answers. */
export const unitDuty = { ...recordsDuty, subject: 'unit' } as const;

/** The five “有”, by period and measure; where no document gives a number, the product's default (`open` says so). */
export const cadence = {
  voice: { ...duty, id: 'voice', measure: 'voice', period: 'day', threshold: { atLeast: 1 } },
  interaction: {
    ...duty,
    id: 'interaction',
    measure: 'interaction',
    period: 'week',
    threshold: { youths: 3 },
  },
  topic: {
    ...duty,
    id: 'topic',
    measure: 'topic',
    period: 'month',
    threshold: { participants: 5, clear: 1 },
  },
  activity: { ...duty, id: 'activity', measure: 'activity', period: 'quarter', threshold: { atLeast: 1 } },
  'face-to-face': {
    ...duty,
    id: 'face-to-face',
    measure: 'face-to-face',
    period: 'year',
    threshold: { moreThanPercent: 50 },
  },
} as const;

/** 在岗 in a leading organ: whoever works there only part of their time has no four days in it. */
const inOffice = { kinds: ['full_time', 'seconded'], organ: true } as const satisfies Requirement['binds'];
/** 在编: on the organ's own establishment, which a seconded cadre is not. */
export const established = { kinds: ['full_time'], organ: true } as const satisfies Requirement['binds'];

/** “4+1” and “8+4”, which two documents ask of the organs' cadres. */
export const grassroots = {
  day: {
    ...recordsDuty,
    id: 'grassroots-day',
    name: '每周到基层一天（4+1）',
    period: 'week',
    binds: inOffice,
    evidence: ['grassroots_day'],
  },
  posting: {
    ...recordsDuty,
    id: 'grassroots-posting',
    name: '常态化下沉基层（8+4）',
    period: 'year',
    binds: inOffice,
    evidence: ['grassroots_posting'],
  },
} as const;
