import { ConfigurationError, readConfiguration } from './configuration.ts';
import { startWarung } from './warung.ts';

/** Warung as a process: settings from the environment; one JSON line on stdout when it listens; SIGTERM or SIGINT ends it gently. */
async function main(): Promise<void> {
  const warung = await startWarung(readConfiguration(process.env));
  const stop = (): void => {
    warung.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.stdout.write(`${JSON.stringify({ ready: true, url: warung.url })}\n`);
}

function fail(error: unknown): void {
  const explained =
    error instanceof ConfigurationError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${explained}\n`);
  process.exitCode = 1;
  // A database that is half open must not keep a Warung alive that serves nobody.
  setImmediate(() => process.exit());
}

await main().catch(fail);
