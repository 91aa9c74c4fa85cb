import * as policy from '../../policy/index.ts';
import { promises } from '../../procedure/moderation/index.ts';
import { code, page, table } from './table.ts';

/** `docs/reference/promises.md`: what is owed, within what time, by which law, and what keeps and mends it. */
export function promisesReference(): string {
  const rows = promises.map(({ clock, from, to, law, kept, heals }) => {
    const lengths = clock === 'instruction' ? null : policy.clockLengths(clock);
    const restore = lengths?.restore;
    const restoring = restore ? `; to restore ${minutes(restore.priority)}, ${minutes(restore.other)}` : '';
    return [
      code(clock),
      `${from.map(code).join(', ')} → ${to.map(code).join(', ')}`,
      lengths === null ? 'as the regulator states' : `${minutes(lengths.priority)} priority, ${minutes(lengths.other)} other${restoring}`,
      law,
      kept ?? 'a person',
      heals?.does ?? 'a person',
    ];
  });
  return page(
    '`server/src/procedure/moderation/promises.ts` and `catalogue/clocks.json`',
    'Promises',
    'Each is a clock, a row in `cases.clock`: it starts with one record and stops with another. Elapsed time; holidays change nothing. A clock past\nits time with no record that stops it is broken: the sweeper finds it each minute (`cases.overdueClocks`), writes `clock.breached`, calls the\nlead, and does what the last column says.',
    table(['clock', 'from → to', 'within', 'law', 'kept by', 'mended by'], rows),
  );
}

function minutes(count: number): string {
  if (count >= 48 * 60 && count % (24 * 60) === 0) return `${count / (24 * 60)} d`;
  return count % 60 === 0 ? `${count / 60} h` : `${count} min`;
}
