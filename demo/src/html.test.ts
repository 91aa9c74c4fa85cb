import { describe, expect, it } from 'vitest';
import { html, paragraphs } from './html.ts';

describe('the pages’ markup', () => {
  it('escapes what a person wrote, in text and in attributes', () => {
    expect(String(html`<p title="${'" onclick="x'}">${'<script>1 & 2</script>'}</p>`)).toBe(
      '<p title="&quot; onclick=&quot;x">&lt;script&gt;1 &amp; 2&lt;/script&gt;</p>',
    );
  });

  it('leaves markup of its own alone, nested and in lists, and leaves out what is absent', () => {
    expect(String(html`<ul>${['a<', 'b'].map((text) => html`<li>${text}</li>`)}${null}${false}${undefined}${0}</ul>`)).toBe(
      '<ul><li>a&lt;</li><li>b</li>0</ul>',
    );
  });

  it('makes paragraphs of plain text', () => {
    expect(String(paragraphs('one\ntwo\n\n<three>'))).toBe('<p>one<br>two</p><p>&lt;three&gt;</p>');
  });
});
