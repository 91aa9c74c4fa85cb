import { digest } from '../../foundation/digest.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { ownSchema } from '../../foundation/own-schema.ts';
import { append, type Spine } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';

const mostKinds = 50;

/**
 * Defines a kind of item of a service's own: which of ours it is handled as, and by which JSON Schema its fields are checked from now on. The
 * same once more changes nothing.
 * @throws Problem `field-wrong`, `not-found` (the service), `conflict` where it is handled as something else already, or there are too many.
 */
export async function defineItemKind(
  spine: Spine,
  service: string,
  { kind, as, schema: text }: { readonly kind: string; readonly as: subjects.ItemKind; readonly schema: string },
): Promise<void> {
  if (!/^[a-z][a-z-]{0,39}$/.test(kind)) throw new Problem('field-wrong', 'A kind has 1 to 40 letters a–z and hyphens, a letter first.');
  if (subjects.itemKinds.some((ours) => ours === kind)) throw new Problem('field-wrong', `“${kind}” is one of ours: choose another word.`);
  ownSchema(text);
  const schema = JSON.stringify(JSON.parse(text));
  const named = digest('sha256', schema);
  await spine.db.begin('doors', async (tx) => {
    await subjects.lock(tx, service);
    if (!(await subjects.service(tx, service))) throw new Problem('not-found', `There is no service ${service}.`);
    const before = await subjects.ownKind(tx, service, kind);
    if (before && before.as !== as)
      throw new Problem(
        'conflict',
        `“${kind}” is handled as ${before.as}, and stays so: choose another word for what is handled as ${as}.`,
      );
    if (before?.digest === named) return;
    const others = (await subjects.ownKinds(tx)).filter((one) => one.service === service);
    if (!before && others.length >= mostKinds) throw new Problem('conflict', `A service has at most ${mostKinds} kinds of its own.`);
    await subjects.defineKind(
      await append(spine, tx, { kind: 'item-kind.defined', service, payload: { kind, as, schema, digest: named } }),
    );
  });
}
