/** A time, its end excluded; milliseconds since the epoch. `heard`: nothing in it was refused. */
export interface Piece {
  readonly from: number;
  readonly until: number;
  readonly heard: boolean;
}

/** Refusals so close together are one hole, in milliseconds. */
const togetherMs = 60_000;

/**
 * The instants of events that were refused because too much was waiting: what was said then may be lost, so no time that
 * holds one may be called heard (docs/architecture.md, rule 8).
 */
export class Holes {
  #holes: { from: number; until: number }[] = [];

  /** Something that happened at that instant was refused. */
  add(at: number): void {
    const near = this.#holes.find(({ from, until }) => from - togetherMs <= at && at < until + togetherMs);
    if (near) {
      near.from = Math.min(near.from, at);
      near.until = Math.max(near.until, at + 1);
    } else this.#holes.push({ from: at, until: at + 1 });
    this.#holes.sort((a, b) => a.from - b.from);
  }

  /** A time in its pieces, heard and not, in order; an instant is one piece. Holes that ended before it are forgotten. */
  around(from: number, until: number): readonly Piece[] {
    this.#holes = this.#holes.filter((hole) => hole.until > from);
    const pieces: Piece[] = [];
    let at = from;
    for (const hole of this.#holes) {
      const [begin, end] = [Math.max(hole.from, at), Math.min(hole.until, until)];
      if (begin >= end) continue;
      if (begin > at) pieces.push({ from: at, until: begin, heard: true });
      pieces.push({ from: begin, until: end, heard: false });
      at = end;
    }
    if (until > at || (until === from && pieces.length === 0)) pieces.push({ from: at, until, heard: true });
    return pieces;
  }
}
