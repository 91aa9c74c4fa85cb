import type { Harm } from '@perisai/screening';
import * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import * as policy from '../../policy/index.ts';
import { append, orderIn } from '../../records/index.ts';
import type * as subjects from '../../subjects/index.ts';
import { wake } from '../casework/park.ts';
import { urgency, weigh } from '../casework/weigh.ts';
import type { House } from '../house.ts';
import { breachOverdue, bringForward } from './bring-forward.ts';
import { escalate } from './escalate.ts';
import type { Sighting } from './snapshot.ts';

/** What was seen, and where. */
export type Seen = Pick<Sighting, 'service' | 'item' | 'revision'> & { readonly surface: subjects.Surface };

/**
 * The open case on an item, opened where there is none: many reports and verdicts join one case, and one that names something more urgent
 * takes the case along. The caller holds the item's lock, else 15 of 16 first reports of one post would fail on each other.
 * @param from when the provider was told, or found it.
 * @param running the open case on the item, read under that lock.
 * @returns the case, and whether nothing is merged with it
 */
export async function openOrJoin(
  house: House,
  tx: Tx,
  sighting: Seen,
  running: cases.Case | undefined,
  {
    harm,
    language,
    by,
    from,
    severity,
    binding,
  }: {
    harm: Harm;
    language: Language;
    by: 'report' | 'verdict' | 'link';
    from: Date;
    severity: policy.Severity | null;
    binding: policy.Policy;
  },
): Promise<{ readonly case: cases.Case; readonly joined: boolean; readonly alone: boolean }> {
  const { service, item, revision } = sighting;
  const profile = sighting.surface.private;
  const known = { severity, live: sighting.surface.type === 'live' };
  if (running) {
    const [found, work, revisions, under] = await Promise.all([
      cases.lock(tx, running.id),
      cases.workOn(tx, running.id),
      cases.revisionsOf(tx, running.id),
      cases.mergedInto(tx, running.id),
      orderIn(tx, running.id),
    ]);
    const [locked, before] = [found as cases.Case, work as cases.Work];
    const alone = locked.mergedInto === null && under.length === 0;
    if (!revisions.includes(revision)) {
      await cases.addRevision(
        await append(house, tx, { kind: 'case.revision-added', service, case: locked.id, payload: { item, revision } }),
      );
    }
    const worse = urgency(harm) < urgency(locked.harm);
    const joined = worse ? await escalate(house, tx, locked, harm, null, from) : locked;
    const first = locked.openedBy === 'link' && by !== 'link';
    if (!worse && (first || from < locked.openedAt)) await bringForward(house, tx, locked, { harm, profile, from });
    const now = worse ? ((await cases.workOn(tx, locked.id)) as cases.Work) : before;
    const heavier = await weigh(house, tx, joined, now, known, false);
    if (worse || heavier) await wake(house, tx, joined, before);
    return { case: joined, joined: true, alone };
  }
  const id = house.ids.next();
  // What only resembles something is neither reported nor found harmful: the law's clocks run once it is. It is looked at within the day.
  const clocks = by === 'link' ? [] : policy.caseClocks(harm, profile, from);
  const because = await append(house, tx, {
    kind: 'case.opened',
    service,
    case: id,
    occurredAt: from,
    payload: {
      case: id,
      harm,
      priority: policy.harmEntry(harm).priority,
      opened_by: by,
      surface: sighting.surface.slug,
      item,
      revision,
      language,
      clocks,
      due_at: policy.workedBy(harm, by === 'link' ? 'yes' : profile, from),
    },
    versions: { policy: binding.version },
  });
  const opened = await cases.open(because);
  await cases.startClocks(because, id);
  await breachOverdue(house, tx, opened, id, clocks);
  // Its work begins with the usual weight.
  if (severity !== null || known.live) await weigh(house, tx, opened, (await cases.workOn(tx, id)) as cases.Work, known, true);
  return { case: opened, joined: false, alone: true };
}
