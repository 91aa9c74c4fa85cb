import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { warungClient } from '@perisai/warung/client';
import { seedDay } from '@perisai/warung/seed';
import { reading } from '../foundation/db/transaction.ts';
import { totpCode } from '../staff/index.ts';
import { type Command, say } from './command.ts';
import { buildStage, type Stage } from './stage.ts';

/** `perisai demo`: the main job, to be seen in a browser. */
export const demo: Command = {
  name: 'demo',
  takes: '[--once] [--port N]',
  does: 'shows the main job running: Perisai, Warung beside it, a seeded day, log-ins printed',
  async run(args) {
    const { values } = parseArgs({ args, options: { once: { type: 'boolean', default: false }, port: { type: 'string' } } });
    const started = Date.now();
    const seconds = () => ((Date.now() - started) / 1000).toFixed(1);
    const stage = await buildStage({
      origin: 'demo/perisai',
      ...(values.port ? { port: Number(values.port) } : values.once ? {} : { port: 8088, warungPort: 8090 }),
    });
    const stop = stopping(stage);
    try {
      await introduce(stage, seconds());
      const day = await seedDay(warungClient(stage.warung), {
        progress: (done, of) => done % 25 === 0 && say(`  the day is being played: ${done} of ${of} (${seconds()} s)`),
      });
      if (day)
        say(
          `\nA day at Warung: ${day.posts} posts, ${day.comments} comments, ${day.messages} messages of ${day.people} people; ${day.hidden} held back by screening; ${day.reports} reports (${Object.entries(
            day.reportsByLanguage,
          )
            .map(([language, n]) => `${language} ${n}`)
            .join(', ')}), after ${seconds()} s.`,
        );
      await summary(stage);
      if (values.once) return 0;
      say('\nPress Ctrl-C to end it; everything is thrown away then.');
      await stop.asked;
      return 0;
    } finally {
      await stage.stop();
    }
  },
};

async function introduce(stage: Stage, seconds: string): Promise<void> {
  say(`Perisai is open after ${seconds} s.\n`);
  say(`  Staff pages   ${stage.perisai.url}/desk`);
  say(`  Public pages  ${stage.perisai.url}/`);
  say(`  Warung        ${stage.warung}`);
  say(`  API           ${stage.perisai.url}/openapi.json\n`);
  say('  log-in     password                  roles                         code now   secret for an authenticator app');
  for (const { login, password, roles, totpSecret } of stage.staff) {
    say(
      `  ${login.padEnd(10)} ${password.padEnd(25)} ${roles.join(', ').padEnd(29)} ${await totpCode(totpSecret, new Date())}     ${totpSecret}`,
    );
  }
  say('\n  A code works once and for half a minute. Add the secret to an authenticator app, or run the demo again.\n');
}

/** What the day left, read from the same tables as the staff pages. */
async function summary({ perisai }: Stage): Promise<void> {
  await perisai.house.db.begin('doors', async (tx) => {
    const on = reading<{ 'cases.case': { state: string }; 'enforcement.action': { state: string }; 'records.leaf': { index: number } }>(tx);
    const cases = await on
      .selectFrom('cases.case')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('state', '=', 'open')
      .executeTakeFirstOrThrow();
    const waiting = await on
      .selectFrom('enforcement.action')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('state', '=', 'ordered')
      .executeTakeFirstOrThrow();
    const records = await on
      .selectFrom('records.leaf')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    say(`Open cases: ${cases.n}. Decided, not enforced: ${waiting.n}. Sealed records: ${records.n}.`);
  });
}

function stopping(_stage: Stage): { asked: Promise<unknown> } {
  return { asked: Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]) };
}
