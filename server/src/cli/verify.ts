import { run } from '@perisai/log/cli';
import { type Command, say } from './command.ts';

/** `perisai verify`: the same verifier that auditors run alone, for whoever has Perisai at hand. It asks neither database nor configuration. */
export const verify: Command = {
  name: 'verify',
  takes: 'FILE.zip [--vkey FILE] [--json]',
  does: 'checks a records export, whoever made it',
  help: `--vkey FILE  the log's verifier key, got elsewhere than from the export; the export's must be the same
--json       prints the result as one line of JSON

Exit code 0: all of it holds. 1: it does not; the first file and line that fails is named.`,
  run: (args) => run(args, { out: say, err: (line) => void process.stderr.write(`${line}\n`) }),
};
