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
      clock === 'instruction' ? 'which the regulator names' : runsWhere(clock),
      warned(clock),
      law,
      kept ?? 'a person',
      heals?.does ?? 'a person',
    ];
  });
  return page(
    '`server/src/procedure/moderation/promises.ts` and `catalogue/clocks.json`',
    'Promises',
    'Each is a clock, a row in `cases.clock`: it starts with one record and stops with another. Elapsed time; holidays change nothing. What a\nreport starts runs from when the platform received it (`received_at`), and only on surfaces where its law applies (`surfaces` in the catalogue). A clock past\nits time with no record that stops it, or one that came too late, is broken: the sweeper finds it each minute (`cases.overdueClocks`), writes `clock.breached`, calls the\nlead (`call.made`, again every 24 hours until somebody answers), and does what the last column says; a person says why (`clock.explained`).\nBefore that it writes `clock.warned`, once, so long before the time as the column *warned* says and never before three quarters of it are over.',
    table(['clock', 'from → to', 'within', 'on surfaces', 'warned', 'law', 'kept by', 'mended by'], rows),
  );
}

/** On which surfaces it runs, by their recorded answer to “is this a private messaging feature?”. */
function runsWhere(clock: string): string {
  const answers = { no: 'public', grey: 'grey', yes: 'private' } as const;
  const where = (['no', 'grey', 'yes'] as const).filter((profile) => policy.runsOn(clock, profile));
  return where.length === 3 ? 'all' : where.map((profile) => answers[profile]).join(', ');
}

/** How long before its time it is told to run out. */
function warned(clock: string): string {
  const leads = policy.alarmLeads.filter((lead) => lead.clock === clock);
  return leads.map(({ priority, minutes: lead }) => `${minutes(lead)} before, ${priority ? 'priority' : 'other'}`).join('; ');
}

function minutes(count: number): string {
  if (count >= 48 * 60 && count % (24 * 60) === 0) return `${count / (24 * 60)} d`;
  return count % 60 === 0 ? `${count / 60} h` : `${count} min`;
}
