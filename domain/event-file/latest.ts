/** When something was said in a file; of one instant, the event with the greater id (in code units) is later. */
export interface Moment {
  readonly at: number;
  readonly eventId: string;
}

/** Whether one moment is later than another, or there was none before. */
export function isLater(one: Moment, other: Moment | undefined): boolean {
  if (other === undefined || one.at > other.at) return true;
  return one.at === other.at && one.eventId > other.eventId;
}

/** The latest of several statements about one thing, in whatever order they come. */
export class Latest<Value> {
  #moment: Moment | undefined;
  #value: Value | undefined;

  /** Takes a statement made at a moment. */
  state(moment: Moment, value: Value): void {
    if (!isLater(moment, this.#moment)) return;
    this.#moment = moment;
    this.#value = value;
  }

  get value(): Value | undefined {
    return this.#value;
  }
}
