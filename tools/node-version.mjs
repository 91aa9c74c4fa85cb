// Plain JavaScript, because it must also speak on the Node it complains about.
import { existsSync } from 'node:fs';

const wanted = 24;
const [major] = process.versions.node.split('.').map(Number);

if (major !== wanted) {
  const missing = !existsSync(new URL('../node_modules/node/bin/node', import.meta.url));
  const why = missing
    ? 'The Node 24 binary of the package "node" is not there: its install script did not run.'
    : 'node_modules/.bin is not first in PATH.';
  const what = missing
    ? 'Run "npm ci" without --ignore-scripts (npm 12 reads "allowScripts" in package.json).'
    : 'Start this with "npm run", from the repository.';
  process.stderr.write(`Perisai runs on Node ${wanted}; this is Node ${process.versions.node} (${process.execPath}).\n${why} ${what}\n`);
  process.exit(1);
}
