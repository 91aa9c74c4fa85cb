import { parseArgs } from 'node:util';
import { languages } from '../foundation/i18n/language.ts';
import type { House } from '../procedure/house.ts';
import { enrolFirstAdministrator } from '../procedure/staff/enrol.ts';
import * as members from '../staff/index.ts';
import { type Command, say, UsageError } from './command.ts';
import { inHouse } from './house.ts';
import { listOfWords, needed, table, verbOf } from './words.ts';

/** `perisai staff …`: the first administrator, who enrols everybody else on the staff pages; and who there is. */
export const staff: Command = {
  name: 'staff',
  takes: 'enrol --first …|list',
  does: 'enrols the first administrator; lists the staff',
  help: `perisai staff enrol --first --name "Intan binti Ali" --login intan [--languages ms,en]
perisai staff list [--json]

The password, and the secret for an authenticator app, are printed once. Everybody else is enrolled by an administrator at /desk/staff.
Enrolling makes a data key, which only one process may do at a time: end Perisai first.`,
  run: verbOf('staff', { enrol, list }),
};

async function enrol(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      first: { type: 'boolean', default: false },
      name: { type: 'string' },
      login: { type: 'string' },
      languages: { type: 'string', default: 'ms,en' },
    },
  });
  if (!values.first) throw new UsageError('Only the first administrator is enrolled here (--first); they enrol the others at /desk/staff.');
  const { name, login } = needed(values, 'name', 'login');
  const speaks = listOfWords(values.languages, languages, 'languages');
  const made = await inHouse((house) => enrolFirstAdministrator(house, { name, login, languages: speaks }), { borrowKeys: false });
  say(`${name} is the administrator. This is shown once:

  log-in      ${made.login}
  password    ${made.password}
  secret      ${made.totpSecret}
  for the authenticator app: ${members.totpAddress(made.totpSecret, made.login)}

Add the secret to an authenticator app (the address as a QR code will do), start Perisai and log in at /desk.`);
  return 0;
}

async function list(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
  const roster = await inHouse((house) => house.db.begin('doors', (tx) => members.roster(tx)));
  if (values.json) say(JSON.stringify(roster, null, 2));
  else if (roster.length === 0) say('There is no staff yet: perisai staff enrol --first.');
  else
    say(
      table([
        ['log-in', 'name', 'roles', 'languages', 'state'],
        ...roster.map((one) => [
          one.login ?? '(erased)',
          one.name ?? '(erased)',
          one.roles.join(','),
          one.languages.join(','),
          one.disabled ? 'disabled' : 'active',
        ]),
      ]),
    );
  return 0;
}

/** Whoever of the staff logs in like that. @throws UsageError for nobody @throws Problem `forbidden` for who is there no more */
export async function memberNamed(house: House, login: string): Promise<members.Member> {
  const roster = await house.db.begin('doors', (tx) => members.roster(tx));
  const entry = roster.find((one) => one.login === members.checkLogin(login));
  if (!entry) throw new UsageError(`Nobody of the staff logs in as “${login}”: perisai staff list.`);
  return members.asOfNow(roster, entry);
}
