import { setPace } from '../../procedure/setup/service.ts';
import { logIn } from '../stage/staff-client.ts';
import type { Stage } from '../stage.ts';
import type { Cast } from './cast.ts';
import { held, until } from './teller.ts';

interface Size {
  readonly posts: number;
  readonly accounts: number;
}

const reason = 'Satu kempen yang sama: pulangan yang dijanjikan tidak wujud.';

/**
 * A scam campaign from its first post to the appeal: many posts of many accounts at Warung, seen by several people, gathered from what looks
 * alike, decided as one by two people, carried out, told, and contested by one of its authors.
 * @throws StoryBroke where something that had to follow did not
 */
export async function tellCampaign(stage: Stage, cast: Cast, { posts: many, accounts: wide }: Size): Promise<void> {
  const { warung, first, second } = cast;
  await setPace(stage.perisai.house, 'warung', { perSecond: 1_000, atOnce: 1_000 });
  const accounts = Array.from({ length: wide }, (_, n) => `untung_${n}`);
  const witnesses = ['saksi_a', 'saksi_b', 'saksi_c'];
  await each([...accounts, ...witnesses], (handle) => warung.join({ handle, name: handle, language: 'ms' }));
  const posts = await each(
    Array.from({ length: many }, (_, n) => n),
    async (n) => {
      const by = accounts[n % wide] as string;
      const text = `Sertai kumpulan simpanan kami untuk keluarga dan kawan sekampung, nombor ${n}: https://simpan-bersama.example/sertai`;
      return { by, id: (await warung.write(by, { text })).id };
    },
  );
  await each(posts, async ({ id }, n) => {
    const report = { harm: 'scam', language: 'ms', text: 'Wang saya tidak kembali.' } as const;
    await warung.report(witnesses[n % witnesses.length] as string, id, report);
  });

  const gatherer = await logIn(stage.perisai.url, stage.staff.find(({ login }) => login === 'awan') as Stage['staff'][number]);
  const lead = await cast.takeNext(gatherer);
  held((await gatherer.gather(lead)) === many - 1, 'every other post of the campaign looks like it');
  await gatherer.decideBundle(lead, { determination: 'remove', clause: 'scam.investment', reason, measure: 'suggested' });
  held(await first.agree(), 'the bundle waits for a second person as one proposal');
  held(!(await first.agree()), 'and nothing else of it waits');

  await each(posts, ({ by, id }) => cast.shows(by, id, 'removed'));
  await cast.nothingWaits();
  await each(accounts, async (handle) => {
    await cast.told(handle, isDecision);
    const told = (await warung.inbox(handle)).filter(isDecision);
    held(told.length === 1 && told[0]?.body.includes('akaun anda') === true, `${handle} is told once, of the account too`);
  });
  const standings = (await warung.accounts()).filter(({ handle }) => accounts.includes(handle));
  held(
    standings.every(({ standing }) => standing !== 'active'),
    'every account was measured',
  );

  const [appellant = ''] = accounts;
  const notice = await cast.told(appellant, isDecision);
  await warung.appeal(appellant, { notice: notice.id, text: 'Ini kumpulan simpanan koperasi kami yang berdaftar.' });
  const [appeal = ''] = await until('the appeal to arrive', async () => {
    const waiting = await second.appeals();
    return waiting.length > 0 ? waiting : null;
  });
  const ruling = { outcome: 'overturned', determination: 'none', clause: '', reason: 'Koperasi itu berdaftar.' } as const;
  held((await first.decideAppeal(appeal, ruling)) === 403, 'who was the second person does not hear the appeal');
  held((await second.decideAppeal(appeal, ruling)) === 303, 'somebody else hears it');
  const [theirs, others] = [posts.filter(({ by }) => by === appellant), posts.filter(({ by }) => by !== appellant)];
  await each(theirs, ({ by, id }) => cast.shows(by, id, 'visible'));
  await until('the account to be as before', async () =>
    (await warung.accounts()).some(({ handle, standing }) => handle === appellant && standing === 'active'),
  );
  await each(others, ({ by, id }) => cast.shows(by, id, 'removed'));
}

type Told = Parameters<Parameters<Cast['told']>[1]>[0];
const isDecision = ({ role, body }: Told) => role === 'author' && body.includes(reason);

/** Several at a time, as people are. */
async function each<T, R>(all: readonly T[], act: (one: T, n: number) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  let next = 0;
  const hand = async () => {
    for (let n = next++; n < all.length; n = next++) done[n] = await act(all[n] as T, n);
  };
  await Promise.all(Array.from({ length: 6 }, hand));
  return done;
}
