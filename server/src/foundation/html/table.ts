import type { Html, Part } from './html.ts';
import { html } from './html.ts';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Part;
  readonly number?: boolean;
}

/** Rows under a caption. On a narrow screen each row becomes a card whose lines carry the column's title. */
export function table<Row>(options: {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly empty?: Html;
}): Html {
  const { caption, columns, rows } = options;
  if (rows.length === 0 && options.empty !== undefined) return options.empty;
  const head = columns.map(
    (column) => html`<th scope="col" class="${column.number === true ? 'number' : ''}" role="columnheader">${column.title}</th>`,
  );
  // The roles are said again, because display: block on a narrow screen takes them away.
  const body = rows.map(
    (row) =>
      html`<tr role="row">${columns.map((column) => html`<td role="cell" class="${column.number === true ? 'number' : ''}" data-label="${column.title}"><div>${column.cell(row)}</div></td>`)}</tr>`,
  );
  return html`<div class="table-frame"><table class="table" role="table"><caption>${caption}</caption><thead role="rowgroup"><tr role="row">${head}</tr></thead><tbody role="rowgroup">${body}</tbody></table></div>`;
}
