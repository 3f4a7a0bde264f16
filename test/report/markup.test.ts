import { describe, expect, test } from 'vitest';
import { html } from '../../report/markup.ts';

describe('text from AWS in a page (D6)', () => {
  test.each([
    ['an element', '<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['quotes', `"onclick='x'`, '&quot;onclick=&#39;x&#39;'],
    ['an entity', '&lt;', '&amp;lt;'],
    ['a line break', 'a\nb', 'a b'],
    ['line separators', 'a\u2028b\u2029c', 'a b c'],
    ['an escape sequence', '\u001b[2J', '\ufffd[2J'],
    ['a mark that turns the reading direction', 'safe\u202efdp.exe', 'safe\ufffdfdp.exe'],
    ['an invisible letter', 'adm\u200bin', 'adm\ufffdin'],
    ['letters of any script', 'Zahlungsverkehr – 支払い', 'Zahlungsverkehr – 支払い'],
  ])('%s cannot leave its place', (_, given, expected) => {
    expect(html`<p title="${given}">${given}</p>`.markup).toBe(`<p title="${expected}">${expected}</p>`);
  });

  test('markup stays markup, lists are joined, nothing shows for null, undefined and false', () => {
    const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`);
    expect(html`<ul>${items}${null}${undefined}${false}${0}</ul>`.markup).toBe(
      '<ul><li>a</li><li>&lt;b&gt;</li>0</ul>',
    );
  });
});
