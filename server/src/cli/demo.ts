import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { warungClient } from '@perisai/warung/client';
import { type SeededDay, seedDay } from '@perisai/warung/seed';
import { sql } from 'kysely';
import { reading } from '../foundation/db/transaction.ts';
import { totpCode } from '../staff/index.ts';
import { type Command, say, UsageError } from './command.ts';
import { exitCodes } from './failure.ts';
import { seedFlaggers } from './stage/flaggers.ts';
import { settled } from './stage/settled.ts';
import { logIn, type StaffClient } from './stage/staff-client.ts';
import { buildStage, isFree, type Stage, type StageOptions } from './stage.ts';

const usual = 8088;

/** `perisai demo`: the main job, to be seen in a browser. */
export const demo: Command = {
  name: 'demo',
  takes: '[--once] [--port N] [--smtp URL]',
  does: 'shows the main job running: Perisai, Warung beside it, a seeded day, log-ins printed',
  help: `--once    ends by itself after the seeded day; on any ports that are free
--port N  Perisai listens on N (${usual}), Warung on N + 2
--smtp URL  a mail server for notices to who has no account, such as smtp://127.0.0.1:1025

Everything lies in a temporary folder and is thrown away at the end.`,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: { once: { type: 'boolean', default: false }, port: { type: 'string' }, smtp: { type: 'string' } },
    });
    const ports: Ports = values.once && values.port === undefined ? {} : portsFrom(values.port);
    for (const port of Object.values(ports) as number[]) {
      if (await isFree(port)) continue;
      process.stderr.write(`${taken(port, ports)}\n`);
      return exitCodes.address;
    }
    const asked = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    say('Perisai is starting, with a PostgreSQL and a Warung of its own …');
    const stage = await buildStage({
      origin: 'demo/perisai',
      undoSeconds: 10,
      ...ports,
      ...(values.smtp === undefined ? {} : { smtpUrl: values.smtp }),
    });
    try {
      const playing = show(stage);
      // Who ends the demo ends Warung in the middle of its day: its complaint about that is of no interest.
      playing.catch(() => undefined);
      if ((await Promise.race([playing.then(() => 'played' as const), asked])) === 'played' && !values.once) {
        say('\nPress Ctrl-C to end it; everything is thrown away then.');
        await asked;
      }
      return 0;
    } finally {
      await stage.stop();
    }
  },
};

/** Seconds since the command was started, its own loading counted. */
const seconds = () => `${process.uptime().toFixed(1)} s`;

async function show(stage: Stage): Promise<void> {
  const enter = (login: string) => logIn(stage.perisai.url, person(stage, login), new Date(Date.now() - 30_000));
  introduce(stage);
  // The code of half a minute ago is still taken once, so the one that was printed is left to whoever reads it.
  const [moderator, reviewer] = [await enter('awan'), await enter('melur')];
  await moderator.queue();
  say(`The queue is ready to work in after ${seconds()}: ${stage.perisai.url}/desk/queue\n`);
  const day = await seedDay(warungClient(stage.warung), {
    progress: (done, of) => {
      if (done % 30 === 0 || done === of) say(`  A day at Warung is being played: ${String(done).padStart(3)} of ${of}  (${seconds()})`);
    },
  });
  if (day) tellDay(day);
  await seedFlaggers(stage.perisai.house, 'warung', stage.staff);
  await settled(stage.perisai.house);
  await tellState(stage, moderator, reviewer);
}

function introduce({ perisai, warung, staff }: Stage): void {
  const rows = staff.map(({ login, password, roles, totpSecret }) => [
    login,
    password,
    totpCode(totpSecret, new Date()),
    roles.join(', '),
    totpSecret,
  ]);
  say(`Perisai is open after ${seconds()}.

  Staff pages    ${perisai.url}/desk
  Public pages   ${perisai.url}/
  Warung         ${warung}
  API            ${perisai.url}/openapi.json

${columns([['log-in', 'password', 'code now', 'roles', 'secret for an authenticator app'], ...rows])}

  A code works once and for half a minute; an authenticator app with the secret makes new ones.

  Try this: log in as awan, take the worst case, decide it, and see in Warung what became of the post. Its author may appeal there;
  log in as mullai or seri to hear the appeal. What needs two people waits under Approvals: melur and kasturi for child abuse material.
  Whose reports come first, two people say, too: cempaka has proposed an organisation, which intan may accept under Trusted flaggers.
`);
}

const names = { ms: 'Malay', en: 'English', zh: 'Chinese', ta: 'Tamil' } as const;

function tellDay(day: SeededDay): void {
  const languages = (Object.keys(names) as (keyof typeof names)[]).map((one) => `${names[one]} ${day.reportsByLanguage[one]}`).join(', ');
  say(`
A day at Warung (after ${seconds()}):
  ${day.people} people wrote ${day.posts} posts, ${day.comments} comments and ${day.messages} private messages,
  opened ${day.groups} groups, went live ${day.lives} times and placed ${day.ads} advertisements
  ${day.hidden} posts were withheld by screening before anybody saw them
  ${day.reports} reports came in: ${languages}`);
}

/** What the day left. */
async function tellState({ perisai }: Stage, moderator: StaffClient, reviewer: StaffClient): Promise<void> {
  const { rows } = await perisai.house.db.begin('doors', (tx) =>
    sql<{ open: number; waiting: number; notices: number; records: number; trusted: number; proposed: number }>`select
      (select count(*) from cases."case" where state = 'open') as open,
      (select count(*) from enforcement.action where state = 'ordered') as waiting,
      (select count(*) from notices.notice) as notices,
      (select count(*) from flaggers.flagger where state = 'accredited') as trusted,
      (select count(*) from flaggers.accreditation where state = 'waiting') as proposed,
      (select count(*) from records.leaf) as records`.execute(reading(tx)),
  );
  const [row] = rows;
  const { open, waiting, notices, records, trusted, proposed } = row as NonNullable<typeof row>;
  say(`
In Perisai now:
  ${open} cases wait for a decision; the queue shows ${await moderator.queue()} of them to awan, ${await reviewer.queue()} to melur, who reviews child abuse material
  ${waiting} actions wait for Warung to acknowledge them
  ${notices} notices were written to people, each in their language
  ${trusted} organisation is a trusted flagger, and ${proposed} waits for a second person
  ${records} records are sealed in the log`);
}

type Ports = Pick<StageOptions, 'port' | 'warungPort'>;

function portsFrom(given: string | undefined): Ports {
  const port = Number(given ?? usual);
  if (!Number.isInteger(port) || port < 1 || port > 65_533)
    throw new UsageError(`--port takes a number from 1 to 65533, not ${given}: Warung listens on the next but one.`);
  return { port, warungPort: port + 2 };
}

function taken(port: number, { port: perisai }: Ports): string {
  const whose = port === perisai ? 'Perisai' : 'Warung';
  return `Port ${port}, on which ${whose} would listen, is taken: perhaps another demo runs. End it, or choose others: npm run demo -- --port ${(perisai ?? usual) + 1_000}`;
}

function person({ staff }: Stage, login: string) {
  const found = staff.find((one) => one.login === login);
  if (!found) throw new Error(`Nobody called ${login} is on the seeded staff.`);
  return found;
}

/** Rows in columns, two blanks from the left. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  return rows.map((row) => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('   ')}`.trimEnd()).join('\n');
}
