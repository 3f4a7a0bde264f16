import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { renderHtml } from '../../report/html.ts';
import { change, finding, gap, metric, reportData, result, snapshot } from './answers.ts';

const cluster = (name: string, function_count: number, unrelated_groups: number) => ({
  role_arn: `arn:aws:iam::111111111111:role/${name}`,
  account_id: '111111111111',
  function_count,
  region_count: 1,
  unrelated_groups,
  teams: ['billing', 'search'],
  is_admin: false,
  functions: ['arn:aws:lambda:eu-west-1:111111111111:function:a'],
});

const full = reportData({
  coverage_gaps: result(gap()),
  trends: result(metric('2026-01-05', 'roles_with_wildcards', 3), metric('2026-01-12', 'roles_with_wildcards', 4)),
  team_trends: result(
    metric('2026-01-05', 'roles_with_wildcards', 1, 'billing'),
    metric('2026-01-12', 'roles_with_wildcards', 3, 'billing'),
    metric('2026-01-12', 'roles_with_wildcards', 1, 'search'),
  ),
  changes: result(change('role_added'), change('policy_changed', { before: '["s3:*"]', after: '["s3:GetObject"]' })),
  open_findings: result(finding(), finding({ severity: 'low', team: null, age_days: 200 })),
  shared_role_clusters: result(cluster('shared', 8, 3), cluster('pair', 2, 1)),
});

const page = renderHtml(full, 'report-csv');
const section = (id: string, markup = page) => markup.split(`<section id="${id}"`)[1]?.split('</section>')[0] ?? '';
const words = (markup: string) => markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('the page is one file that asks for nothing (D6)', () => {
  test('has no address but those of namespaces inside data', () => {
    expect(page.replaceAll("xmlns='http://www.w3.org/2000/svg'", '')).not.toMatch(/https?:|(?:src|href)="\/\//);
  });

  test('lets the browser run and apply only its own script and style', () => {
    const inside = (tag: string) => page.split(`<${tag}>`)[1]?.split(`</${tag}>`)[0] ?? '';
    for (const tag of ['script', 'style']) {
      const hash = createHash('sha256').update(inside(tag)).digest('base64').replaceAll('+', '\\+');
      expect(page).toMatch(new RegExp(`${tag}-src &#39;sha256-${hash}&#39;`));
    }
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page).not.toMatch(/ (?:style|on[a-z]+)="/);
  });

  test('is the same for the same answers', () => expect(renderHtml(full, 'report-csv')).toBe(page));
});

describe('what people look at, top to bottom (D6)', () => {
  test('the sections come in the order of their weight', () => {
    const order = ['class="trust"', 'class="band missing"', 'class="tiles"', 'id="what-changed"', 'id="fix-first"'];
    const rest = ['id="shared-roles"', 'id="wildcards"', 'id="teams"', 'id="age"', 'id="tables"'];
    const places = [...order, ...rest].map((mark) => page.indexOf(mark));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });

  test('what was not read is a band with the names', () => {
    expect(words(page)).toContain('Not read: 1 account in part or in whole.');
    expect(words(page)).toContain('analytics (222222222222) : functions in eu-west-1 (denied)');
  });

  test('a worse number says so in words, with its line over the snapshots', () => {
    expect(page).toContain('<p class="change worse">up 1 since 5 Jan, worse</p>');
    expect(page).toMatch(/<svg class="sparkline"[^>]*roles with wildcards: 5 Jan 3, 12 Jan 4/);
  });

  test('open findings are split by severity; what was not read again is said', () => {
    const data = reportData({ open_findings: result(finding(), finding({ severity: 'low', carried: true })) });
    expect(renderHtml(data, 'csv')).toContain(
      '<p class="detail">1 critical · 1 low<br>1 of them not read this time</p>',
    );
  });

  test('changes stand under their account, with what differs in the documents', () => {
    expect(words(section('what-changed'))).toMatch(
      /111111111111 .*The policy worker was rewritten\..*− no longer s3:\* \+ now s3:GetObject/,
    );
  });

  test('changes of one account stay together, by team where an answer names the owner', () => {
    const [mine, other] = ['arn:aws:iam::111111111111:role/mine', 'arn:aws:iam::333333333333:role/other'];
    const data = reportData({
      changes: result(
        change('role_added'),
        change('trust_changed', { subject: other, account_id: '333333333333' }),
        change('boundary_changed', { subject: mine, before: 'x' }),
      ),
      roles_without_boundary: result({ role_arn: mine, owner_team: 'billing' }),
    });
    const headings = [...section('what-changed', renderHtml(data, 'csv')).matchAll(/<h3>([^<]*)/g)].map(
      ([, heading]) => heading,
    );
    expect(headings).toEqual(['111111111111 · billing', '111111111111', '333333333333']);
  });

  test('after ten changes the groups that follow can be folded, whole', () => {
    const accounts = ['1', '2', '3'].flatMap((account_id) =>
      Array.from({ length: 6 }, (_, index) => change('role_added', { account_id, subject: `role-${index}` })),
    );
    const markup = section('what-changed', renderHtml(reportData({ changes: result(...accounts) }), 'csv'));
    const [before, folded] = markup.split('<details class="fold" open>');
    expect([before, folded].map((part) => part?.match(/<h3>/g)?.length)).toEqual([2, 1]);
    expect(words(folded ?? '')).toContain('6 more changes in other accounts and teams');
    expect(section('what-changed')).not.toContain('class="fold"');
  });

  test('a finding shows its score, its factors as bars, its owner and since when', () => {
    const text = words(section('fix-first'));
    expect(text).toContain('90 critical');
    expect(text).toContain('billing · account 111111111111 · first seen 5 Jan 2026, 7 days old');
    expect(section('fix-first').match(/<svg class="bar"/g)).toHaveLength(4);
  });

  test('shared roles are bars, as long as functions, coloured by unrelated groups, that filter their table', () => {
    expect(section('shared-roles')).toContain('<rect class="risk-3" x="0%" width="100%" height="100%"/>');
    expect(section('shared-roles')).toContain('<rect class="risk-1" x="0%" width="25%" height="100%"/>');
    expect(section('shared-roles')).toContain('data-terms="role_arn:arn:aws:iam::111111111111:role/shared"');
  });

  test('wildcards of the teams lie on top of each other, the largest at the bottom', () => {
    expect(section('wildcards')).toContain('<polygon class="category-1" points="0,75 100,25 100,100 0,100"/>');
    expect(section('wildcards')).toContain('<polygon class="category-2" points="0,75 100,0 100,25 0,75"/>');
    expect(words(section('wildcards'))).toMatch(/2 search 0 1 \+1 1 billing 1 3 \+2/);
    expect(words(section('wildcards'))).toContain('Roles with wildcards or NotAction, by team');
  });

  test('teams and rules make a map whose numbers filter the findings', () => {
    expect(section('teams')).toContain('data-terms="rule_id:admin_role_on_function team:unowned"');
    expect(section('teams')).toMatch(/<td class="heat-critical strength-4"><button[^>]*>1<\/button>/);
  });

  test('the map is coloured by the severity of the rule, stronger where there are more', () => {
    const many = Array.from({ length: 100 }, () => finding({ rule_id: 'unowned', severity: 'low' }));
    const map = section('teams', renderHtml(reportData({ open_findings: result(finding(), ...many) }), 'csv'));
    expect(map).toMatch(
      /<td class="heat-critical strength-1"><button[^>]*>1<.*<td class="heat-low strength-4"><button[^>]*>100</s,
    );
  });

  test('open findings are counted by age and severity', () => {
    expect(words(section('age'))).toMatch(/1 to 2 weeks 1 critical 1 .*over 6 months 1 low 1/);
  });
});

describe('nothing to show says what nothing means (D6)', () => {
  const first = renderHtml(reportData({ snapshots: result(snapshot('2026-01-05')) }), 'csv');
  const quiet = renderHtml(reportData(), 'csv');

  test.each([
    ['what-changed', 'This is the first snapshot'],
    ['fix-first', 'No open findings'],
    ['shared-roles', 'No shared roles'],
    ['wildcards', 'No wildcards'],
    ['teams', 'No open findings in any team'],
    ['age', 'none grows old'],
  ])('%s: %s', (id, meaning) => {
    expect(section(id, first)).toContain(meaning);
    expect(section(id, first)).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('no drift is not the same as no comparison', () => expect(section('what-changed', quiet)).toContain('No drift'));

  test('what may be left out and is stands in the same band, which then does not say that all was read', () => {
    const left = gap({ status: 'not_provided', resource: 'function_tags', required: false });
    const band = renderHtml(reportData({ coverage_gaps: result(left) }), 'csv').split('class="band complete"')[1] ?? '';
    expect(words(band.split('</div>')[0] ?? '')).toContain(
      'Everything that is required was read. Not provided, for some accounts or all: function tags.',
    );
    expect(band).not.toContain('Everything that was asked for');
  });

  test('everything read is said too', () => expect(quiet).toContain('Everything that was asked for was read.'));

  test('a number that cannot be known is a question mark', () => {
    expect(quiet).toContain('<p class="value">?</p>');
    expect(quiet).toContain('could not be known');
  });

  test('one snapshot has a legend but no trend', () => {
    const one = reportData({
      snapshots: result(snapshot('2026-01-05')),
      team_trends: result(metric('2026-01-05', 'roles_with_wildcards', 2, 'billing')),
    });
    expect(words(section('wildcards', renderHtml(one, 'csv')))).toMatch(
      /A trend begins with the second.*billing 2 2 0/,
    );
  });
});

describe('hostile names (D6)', () => {
  const hostile = `</script><img src=x onerror="alert(1)">'\u2028`;
  const dirty = renderHtml(
    reportData({
      coverage_gaps: result(gap({ account_name: hostile, resource: hostile })),
      team_trends: result(metric('2026-01-12', 'roles_with_wildcards', 1, hostile)),
      changes: result(change('trust_changed', { subject: hostile, before: hostile, account_id: hostile })),
      open_findings: result(
        finding({
          team: hostile,
          title: hostile,
          reason: hostile,
          rule_id: hostile,
          severity: hostile,
          resource_arn: `arn:aws:${hostile}`,
        }),
      ),
      shared_role_clusters: result({ ...cluster(hostile, 2, 2), teams: [hostile], functions: [hostile] }),
    }),
    'csv',
  );

  test('are text wherever they stand', () => {
    expect(dirty).not.toContain('<img');
    expect(dirty.match(/<\/script>/g)).toHaveLength(1);
    expect(dirty).not.toContain('\u2028');
    expect(dirty).not.toMatch(/<[^>]* onerror="/);
  });
});

describe('tables (D6)', () => {
  const roles = (amount: number, padding = '') =>
    result(...Array.from({ length: amount }, (_, index) => ({ name: `role-${index}${padding}` })));
  const rowsOf = (markup: string, name: string) =>
    markup
      .split(`data-table="${name}"`)[1]
      ?.split('</table>')[0]
      ?.match(/<tr><td/g) ?? [];

  test('of a large organization are cut, and say so', () => {
    const large = renderHtml(reportData({ unowned_roles: roles(12_345) }), 'report-csv');
    expect(rowsOf(large, 'unowned_roles')).toHaveLength(500);
    expect(large).toContain('first 500 of 12,345; the rest in the CSV');
    expect(large).toContain('href="report-csv/unowned_roles.csv"');
  });

  test('share the page: large ones are cut further, small ones stay whole, the file stays below 3 MB', () => {
    const heavy = roles(500, 'x'.repeat(4_000));
    const large = renderHtml(
      reportData({ unowned_roles: heavy, dormant_roles: heavy, cloned_roles: roles(30) }),
      'csv',
    );
    expect(large.length).toBeLessThan(3_000_000);
    expect(rowsOf(large, 'cloned_roles')).toHaveLength(30);
    expect(rowsOf(large, 'dormant_roles').length).toBe(rowsOf(large, 'unowned_roles').length);
    expect(rowsOf(large, 'dormant_roles').length).toBeGreaterThan(100);
  });

  test('shorten ARNs and long lists; the whole stands behind', () => {
    const arns = [1, 2, 3, 4, 5].map((index) => `arn:aws:iam::111111111111:role/path/role-${index}`);
    const markup = renderHtml(
      reportData({ cloned_roles: result({ role_arn: arns[0] ?? '', role_arns: arns }) }),
      'csv',
    );
    expect(markup).toContain(`<button class="arn" title="${arns[0]}">role-1</button>`);
    expect(markup).toContain(`title="${arns.join('; ')}">role-1, role-2, role-3, and 2 more</td>`);
  });

  test('keep the whole value of what they round or translate, for sorting and CSV', () => {
    const markup = renderHtml(reportData({ wildcard_counts: result({ share: 1234.5678, is_admin: true }) }), 'csv');
    expect(markup).toContain('data-value="1234.5678">1,234.6</td><td data-value="true">yes</td>');
  });
});
