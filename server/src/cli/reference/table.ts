/** A page that is written by `perisai docs`: what it was made from stands in its first line, so that nobody changes it here. */
export function page(from: string, title: string, ...blocks: readonly string[]): string {
  return [`<!-- Made from ${from} by \`npm run docs\`: change it there. -->`, `# ${title}`, ...blocks]
    .join('\n\n')
    .replace('-->\n\n#', '-->\n#')
    .concat('\n');
}

/** A Markdown table; a bar inside a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

export const code = (text: string): string => `\`${text}\``;
