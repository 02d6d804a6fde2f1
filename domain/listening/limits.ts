/** What a school may set for how its youths are heard; the documents name no numbers, the defaults are ours. */

export interface ListeningLimits {
  /** Days that a wish hangs on the wall; it can be renewed. */
  readonly wishDays: number;
  /** Wishes of one person that wait or are under way at a time. */
  readonly wishes: number;
  /** Demands of one person in 24 hours, anonymous and urgent ones apart. */
  readonly demandsADay: number;
}

export const usualLimits: ListeningLimits = { wishDays: 30, wishes: 3, demandsADay: 5 };
