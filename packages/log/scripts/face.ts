import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The report of the package's face: a change to it shows in the diff. */
export const faceFile: URL = new URL('../face.md', import.meta.url);

/** Every exported name with its signature, from the declarations that the compiler writes; comments and private members left out. */
export function describeFace(): string {
  const out = mkdtempSync(join(tmpdir(), 'perisai-face-'));
  try {
    const here = fileURLToPath(new URL('..', import.meta.url));
    const tsc = fileURLToPath(new URL('../../../node_modules/typescript7/bin/tsc', import.meta.url));
    execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--emitDeclarationOnly', '--outDir', out], {
      cwd: here,
      stdio: 'pipe',
    });
    const sections = ['index.d.ts', 'bin/run.d.ts'].map((entry) => sectionOf(out, entry));
    return `# Face of @perisai/log\n\nMade by \`npm run face -w @perisai/log\`; a test compares.\n\n${sections.join('\n')}`;
  } finally {
    rmSync(out, { recursive: true });
  }
}

const importName: Record<string, string> = { 'index.d.ts': '@perisai/log', 'bin/run.d.ts': '@perisai/log/cli' };

function sectionOf(out: string, entry: string): string {
  const text = readFileSync(join(out, entry), 'utf8');
  const declared = new Map(statements(text).map((statement) => [nameOf(statement), statement]));
  declared.delete(null);
  for (const [, names = '', file = ''] of text.matchAll(/^export \{([^}]*)\} from '(.*)';$/gm)) {
    const all = new Map(
      statements(readFileSync(join(out, file.replace(/\.(js|ts)$/, '.d.ts')), 'utf8')).map((statement) => [nameOf(statement), statement]),
    );
    for (const [, name = ''] of names.matchAll(/(\w+)\s*(?:,|$)/g)) {
      const statement = all.get(name);
      if (statement === undefined) throw new Error(`${file} declares no ${name}`);
      declared.set(name, statement);
    }
  }
  const sorted = [...declared].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return `## ${importName[entry]}\n\n\`\`\`ts\n${sorted.map(([, statement]) => statement).join('\n')}\n\`\`\`\n`;
}

/** The top-level statements of a declaration file, without comments and private members. */
function statements(text: string): string[] {
  const bare = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*(#private|private .*);\n/gm, '');
  return bare.split(/^(?=export |declare |interface |type )/m).map((statement) => statement.replaceAll(/^\s*\n/gm, '').trimEnd());
}

function nameOf(statement: string): string | null {
  return /^export (?:declare )?(?:abstract )?(?:const|class|function|interface|type) (\w+)/.exec(statement)?.[1] ?? null;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(faceFile, describeFace());
