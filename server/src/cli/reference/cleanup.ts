import { type Cleanup, deletedRows, erased } from '../../procedure/cleanup.ts';
import { page, table } from './table.ts';

/** `docs/reference/cleanup.md`: what is deleted, when and why. */
export function cleanupReference(): string {
  const rows = (list: readonly Cleanup[]) =>
    table(
      ['what', 'when', 'why', 'by'],
      list.map(({ what, when, why, by }) => [what, when, why, by]),
    );
  return page(
    '`server/src/procedure/cleanup.ts`',
    'What is deleted, when and why',
    "Records, leaves and checkpoints are never deleted: the application has no right to. What they say of a person in plain lies encrypted under\nthat person's keys, and goes with them.",
    '## Rows that go',
    rows(deletedRows),
    '## What becomes unreadable or nameless',
    rows(erased),
  );
}
