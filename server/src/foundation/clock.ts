/** Where the time comes from. Every rule that depends on time takes one, so that tests decide what time it is. */
export interface Clock {
  /** The present instant, with the precision of a millisecond. */
  now(): Date;
}

/** The machine's clock. */
export const systemClock: Clock = Object.freeze({ now: () => new Date() });

/** A clock that stands still until it is told to move. */
export class TestClock implements Clock {
  #time: number;

  /** @throws RangeError when `start` is not a date */
  constructor(start: Date | string) {
    this.#time = instant(start);
  }

  now(): Date {
    return new Date(this.#time);
  }

  /** Moves by so many milliseconds; negative ones go back, as a machine's clock may. */
  advance(ms: number): void {
    this.#time += ms;
  }

  set(date: Date | string): void {
    this.#time = instant(date);
  }
}

function instant(date: Date | string): number {
  const time = new Date(date).getTime();
  if (Number.isNaN(time)) throw new RangeError(`Not a date: ${String(date)}`);
  return time;
}
