import { parseArgs } from 'node:util';
import { defineSurface } from '../procedure/setup/service.ts';
import * as subjects from '../subjects/index.ts';
import { type Command, say } from './command.ts';
import { inHouse } from './house.ts';
import { needed, oneOfWords, verbOf } from './words.ts';

/** `perisai surface define`: the places of a service, each with its legal profile. */
export const surface: Command = {
  name: 'surface',
  takes: 'define …',
  does: 'defines a place of a service: public or private, why, and whether it is screened',
  help: `perisai surface define --service warung --slug public-feed --type public-feed --private no --reason "Anybody can read it."
perisai surface define --service warung --slug private-message --type private-message --private yes
  --reason "Goes to recipients whom the sender chose (Act 866 s.2(3))." [--screening on|off]

--type is public-feed, group, channel, private-message, live, ad, search or recommender. --private is yes, no or grey; grey: the Act’s clocks run
as on a public one. What is not plainly public is not screened unless --screening on says so. A record: defining again dates the change.
A server that runs knows it within five seconds.`,
  run: verbOf('surface', { define }),
};

async function define(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      service: { type: 'string' },
      slug: { type: 'string' },
      type: { type: 'string' },
      private: { type: 'string' },
      reason: { type: 'string' },
      screening: { type: 'string' },
    },
  });
  const given = needed(values, 'service', 'slug', 'type', 'private', 'reason');
  const isPrivate = oneOfWords(given.private, ['yes', 'no', 'grey'], 'private');
  const screening = oneOfWords(values.screening ?? (isPrivate === 'no' ? 'on' : 'off'), ['on', 'off'], 'screening') === 'on';
  const type = oneOfWords(given.type, subjects.surfaceTypes, 'type');
  await inHouse((house) =>
    defineSurface(house, given.service, { slug: given.slug, type, private: isPrivate, privateReason: given.reason, screening }),
  );
  say(`The surface ${given.slug} of ${given.service} is defined: private ${isPrivate}, screening ${screening ? 'on' : 'off'}.`);
  return 0;
}
