import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Problem } from '../foundation/http/problems.ts';
import { languages } from '../foundation/i18n/language.ts';
import { defineItemKind } from '../procedure/setup/item-kind.ts';
import { registerService, setMediaHosts, setPace } from '../procedure/setup/service.ts';
import * as subjects from '../subjects/index.ts';
import { type Command, say, UsageError } from './command.ts';
import { inHouse } from './house.ts';
import { listOfWords, needed, oneOfWords, table, verbOf } from './words.ts';

/** `perisai service …`: the provider's apps and sites that use Perisai. */
export const service: Command = {
  name: 'service',
  takes: 'add|change|kind|list …',
  does: 'registers the apps and sites that Perisai works for',
  help: `perisai service add --slug warung --name Warung [--languages ms,en,zh,ta] [--webhook https://warung.example/hooks/perisai]
perisai service change --slug warung [--name …] [--languages …] [--webhook https://…|none]
perisai service pace --slug warung --per-second 20 --at-once 40
perisai service media --slug warung [--from files.warung.example,…] [--inside minio.warung.example:9000,…] | --none
perisai service kind --slug warung --kind listing --as post --schema listing.json
perisai service kinds --slug warung
perisai service list [--json]

Then: perisai surface define, perisai key new, perisai webhook rotate. Adding and changing are records.
The pace is how fast webhooks leave: 20 a second, and 40 at once after a pause, where nothing else is said.
media says from which hosts files may be fetched that are handed in by their address, and from no other: --from over https, out in the world;
--inside may lie in your own network, and on this machine (127.0.0.1:PORT) answers http, too.
kind defines a kind of item of the service's own: handled as one of ours, with fields by a JSON Schema (2020-12). Once more with another schema,
and that one counts from now on.`,
  run: verbOf('service', { add, change, pace, media, kind, kinds, list }),
};

const options = {
  slug: { type: 'string' },
  name: { type: 'string' },
  languages: { type: 'string' },
  webhook: { type: 'string' },
} as const;

async function add(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  const { slug, name } = needed(values, 'slug', 'name');
  const speaks = listOfWords(values.languages ?? languages.join(','), languages, 'languages');
  await inHouse(async (house) => {
    if (await house.db.begin('doors', (tx) => subjects.service(tx, slug)))
      throw new Problem('conflict', `There is a service ${slug} already: perisai service change.`);
    await registerService(house, { slug, name, languages: speaks, webhookUrl: values.webhook ?? null });
  });
  say(`The service ${slug} is registered. Next: perisai surface define --service ${slug} …, perisai key new --service ${slug} --label …`);
  return 0;
}

async function change(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  const { slug } = needed(values, 'slug');
  await inHouse(async (house) => {
    const now = await house.db.begin('doors', (tx) => subjects.service(tx, slug));
    if (!now) throw new Problem('not-found', `There is no service ${slug}.`);
    const webhookUrl = values.webhook === undefined ? now.webhookUrl : values.webhook === 'none' ? null : values.webhook;
    const speaks = listOfWords(values.languages ?? now.languages.join(','), languages, 'languages');
    await registerService(house, { slug, name: values.name ?? now.name, languages: speaks, webhookUrl });
  });
  say(`The service ${slug} is changed.`);
  return 0;
}

async function pace(args: string[]): Promise<number> {
  const options = { slug: { type: 'string' }, 'per-second': { type: 'string' }, 'at-once': { type: 'string' } } as const;
  const given = needed(parseArgs({ args, options }).values, 'slug', 'per-second', 'at-once');
  const [perSecond, atOnce] = [Number(given['per-second']), Number(given['at-once'])];
  await inHouse((house) => setPace(house, given.slug, { perSecond, atOnce }));
  say(`Webhooks to ${given.slug} leave at ${perSecond} a second, ${atOnce} at once after a pause.`);
  return 0;
}

async function media(args: string[]): Promise<number> {
  const options = {
    slug: { type: 'string' },
    from: { type: 'string' },
    inside: { type: 'string' },
    none: { type: 'boolean', default: false },
  } as const;
  const { values } = parseArgs({ args, options });
  const { slug } = needed(values, 'slug');
  const named = (list: string | undefined, inside: boolean) =>
    (list ?? '').split(',').flatMap((host) => (host.trim() === '' ? [] : [{ host: host.trim(), inside }]));
  const hosts = [...named(values.from, false), ...named(values.inside, true)];
  if ((hosts.length === 0) !== values.none) throw new UsageError('Name the hosts with --from and --inside, or say --none.');
  await inHouse((house) => setMediaHosts(house, slug, hosts));
  say(
    hosts.length === 0
      ? `Nothing is fetched for ${slug}.`
      : `Files of ${slug} are fetched from ${hosts.map(({ host }) => host).join(', ')}.`,
  );
  return 0;
}

async function kind(args: string[]): Promise<number> {
  const options = { slug: { type: 'string' }, kind: { type: 'string' }, as: { type: 'string' }, schema: { type: 'string' } } as const;
  const given = needed(parseArgs({ args, options }).values, 'slug', 'kind', 'as', 'schema');
  const as = oneOfWords(given.as, subjects.itemKinds, 'as');
  const schema = readFileSync(given.schema, 'utf8');
  await inHouse((house) => defineItemKind(house, given.slug, { kind: given.kind, as, schema }));
  say(`Items of the kind ${given.kind} are handled as ${as}; their fields are checked by ${given.schema}.`);
  return 0;
}

async function kinds(args: string[]): Promise<number> {
  const { slug } = needed(parseArgs({ args, options: { slug: { type: 'string' } } }).values, 'slug');
  const own = (await inHouse((house) => house.db.begin('doors', (tx) => subjects.ownKinds(tx)))).filter(({ service }) => service === slug);
  if (own.length === 0) say(`${slug} has no kinds of its own: perisai service kind.`);
  else say(table([['kind', 'as', 'schema'], ...own.map((one) => [one.kind, one.as, `sha256 ${one.digest}`])]));
  return 0;
}

async function list(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
  const all = await inHouse((house) => house.db.begin('doors', (tx) => subjects.services(tx)));
  if (values.json) say(JSON.stringify(all, null, 2));
  else if (all.length === 0) say('There is no service yet: perisai service add.');
  else
    say(
      table([
        ['service', 'name', 'languages', 'webhook', 'pace'],
        ...all.map((one) => [
          one.slug,
          one.name,
          one.languages.join(','),
          one.webhookUrl ?? 'none',
          `${one.perSecond}/s, ${one.atOnce} at once`,
        ]),
      ]),
    );
  return 0;
}
