import { subscriberTable } from '../../procedure/moderation/index.ts';
import { code, page, table } from './table.ts';

/** `docs/reference/subscribers.md`: who hears which records, and does what. */
export function subscribersReference(): string {
  return page(
    '`server/src/procedure/moderation/subscribers.ts`',
    'Subscribers',
    'Each hears records in the order of the log, at least once, and commits its effect together with its cursor: heard twice is one effect. One that\nfails waits and is seen (`perisai doctor`); it holds up nobody else.',
    table(
      ['name', 'hears', 'does'],
      subscriberTable.map(({ name, hears, does }) => [code(name), code(hears), does]),
    ),
  );
}
