/** The latest of several statements about one thing, in whatever order they come. */

interface Statement {
  readonly at: number;
  readonly eventId: string;
}

/** Whether one statement is later than another: by time, then by event id in the order of code units. */
export function isLater(one: Statement, other: Statement): boolean {
  return one.at > other.at || (one.at === other.at && one.eventId > other.eventId);
}
