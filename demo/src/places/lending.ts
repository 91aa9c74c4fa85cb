import { createHmac, timingSafeEqual } from 'node:crypto';

/** Lends a drawing to Perisai: an address that nobody else can guess, and that ends after a day. */
export interface Lending {
  address(name: string): string;
  /** Whether that address is one of ours, and not over. */
  lent(name: string, until: string, mark: string): boolean;
}

const dayMs = 24 * 3_600_000;

export function openLending(secret: string, publicUrl: () => string, now: () => number = Date.now): Lending {
  const markOf = (name: string, until: string) => createHmac('sha256', secret).update(`lent ${name} ${until}`).digest('hex').slice(0, 32);
  return {
    address(name) {
      const until = String(now() + dayMs);
      return `${publicUrl()}/lent/${name}/${until}/${markOf(name, until)}`;
    },
    lent(name, until, mark) {
      const right = Buffer.from(markOf(name, until));
      const given = Buffer.from(mark);
      return right.length === given.length && timingSafeEqual(right, given) && Number(until) >= now();
    },
  };
}
