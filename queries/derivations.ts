import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SnapshotDate, Staged } from '../lake/catalog.ts';
import { packageRoot } from '../package_root.ts';
import { drift } from '../tables/drift.ts';
import { findings } from '../tables/findings.ts';
import { sharedRoles } from '../tables/shared_roles.ts';
import type { Table } from '../tables/table.ts';
import { trends } from '../tables/trends.ts';
import { wildcards } from '../tables/wildcards.ts';
import { loadMetrics, loadQuestions, loadRules, type Metric, type Question, type Rule } from './question.ts';
import { quoted, render, substitute } from './render.ts';
import { factors, score, sensitivity } from './scores.ts';
import type { Sql } from './sql.ts';
import { type Suppression, suppressedBy } from './suppression.ts';

/** A derived table and the SQL that fills it for one date of a staged run. */
export interface Derivation {
  readonly table: Table;
  /** Folder of its files under the table. */
  readonly name: string;
  /** Whether it has anything to ask for that date; it does unless it says otherwise. */
  readonly applies?: (staged: Staged, date: SnapshotDate) => boolean;
  render(staged: Staged, date: SnapshotDate): Sql;
}

/** What was not read for longer than this many snapshots is as if it were read for the first time. */
const snapshotsBack = 8;

/** Resolved findings stay this long, so that a year can be looked back upon. */
const monthsKept = 13;

const file = (name: string): string => readFileSync(join(packageRoot, 'queries/derived', `${name}.sql`), 'utf8');
const datesOf = (staged: Staged): readonly SnapshotDate[] => staged.snapshots.map((row) => row.snapshot_date).sort();
const unionAll = (parts: readonly string[]): string => parts.join('\nunion all\n');

function question(name: string): Question {
  return loadQuestions().find((candidate) => candidate.name === name)!;
}

/** The date some months earlier, for comparison as text; its day may be one that the month does not have. */
function monthsBefore(date: SnapshotDate, months: number): string {
  const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 - months;
  const pad = (number: number, length: number) => String(number).padStart(length, '0');
  return `${pad(Math.floor(month / 12), 4)}-${pad((month % 12) + 1, 2)}${date.slice(7)}`;
}

const earlier = (staged: Staged, date: SnapshotDate): readonly SnapshotDate[] =>
  datesOf(staged).filter((known) => known < date);

function before(staged: Staged, date: SnapshotDate): SnapshotDate | undefined {
  return earlier(staged, date).at(-1);
}

/** Compares with the snapshot so many back. */
function renderDrift(back: number, staged: Staged, date: SnapshotDate): Sql {
  const from = earlier(staged, date).at(-back)!;
  const changes = render(question('drift'), { from, to: date }, datesOf(staged));
  return substitute(file('drift'), { changes, from: quoted(from), date: quoted(date) });
}

/** One query for each snapshot back, as for each rule: each tells of what was not read to the end since. */
const derivationsOfDrift: readonly Derivation[] = Array.from({ length: snapshotsBack }, (_, index) => ({
  table: drift,
  name: `changes_${index + 1}_back`,
  applies: (staged, date) => earlier(staged, date).length > index,
  render: (staged, date) => renderDrift(index + 1, staged, date),
}));

function renderSharedRoles(staged: Staged, date: SnapshotDate): Sql {
  const parameters = { snapshot: date };
  return substitute(file('shared_roles'), {
    date: quoted(date),
    used_roles: render(question('shared_role_clusters'), { ...parameters, at_least: '1' }, datesOf(staged)),
    cloned_roles: render(question('cloned_roles'), parameters, datesOf(staged)),
  });
}

/** What is counted for a date, kept: over a year of snapshots nobody counts again. */
const derivationOfWildcards: Derivation = {
  table: wildcards,
  name: 'counts',
  render: (staged, date) => render(question('wildcard_counts'), { snapshot: date }, datesOf(staged)),
};

function matchesOf(rule: Rule, staged: Staged, date: SnapshotDate): string {
  const declared = `${quoted(rule.name)} as rule_id, ${quoted(rule.severity)} as severity, ${quoted(rule.title)} as title`;
  const columns = rule.columns.map(({ name }) => name).join(', ');
  return `select ${declared}, ${columns} from (${render(rule, { snapshot: date }, datesOf(staged))}) as ${rule.name}`;
}

/** Resources that a rule cannot judge without, each with how many these are. */
const needsOf = ({ name, covers }: Rule): readonly string[] =>
  covers.map(
    (resource) => `select ${quoted(name)} as rule_id, ${quoted(resource)} as resource, ${covers.length} as needed`,
  );

/** What rules find, with its life so far. */
function renderFindings(
  rules: readonly Rule[],
  suppressions: readonly Suppression[],
  staged: Staged,
  date: SnapshotDate,
): Sql {
  const names = rules.map(({ name }) => name);
  return substitute(file('findings'), {
    matches: unionAll(rules.map((rule) => matchesOf(rule, staged, date))),
    needs: unionAll(rules.flatMap(needsOf)),
    rules: names.map(quoted).join(', '),
    score,
    factors,
    sensitivity,
    suppressed: suppressedBy(suppressions, names, date),
    date: quoted(date),
    previous: quoted(before(staged, date) ?? ''),
    keep_since: quoted(monthsBefore(date, monthsKept)),
  });
}

/** What was found by rules that are no more. */
function renderRetired(rules: readonly Rule[], staged: Staged, date: SnapshotDate): Sql {
  return substitute(file('retired_findings'), {
    rules: rules.map(({ name }) => quoted(name)).join(', '),
    date: quoted(date),
    previous: quoted(before(staged, date) ?? ''),
    keep_since: quoted(monthsBefore(date, monthsKept)),
  });
}

/** What the rules find, all in one query: what they share is computed once. */
export const derivationsOfFindings = (
  rules: readonly Rule[],
  suppressions: readonly Suppression[],
): readonly Derivation[] => [
  {
    table: findings,
    name: 'of_all_rules',
    render: (staged, date) => renderFindings(rules, suppressions, staged, date),
  },
  { table: findings, name: 'of_retired_rules', render: (staged, date) => renderRetired(rules, staged, date) },
];

/** What metrics cannot be counted without; nothing, where the rows say themselves what they rest on. */
function neededBy(metrics: readonly Metric[]): string {
  const needs = metrics.flatMap(({ name, covers }) =>
    covers.map((resource) => `select ${quoted(name)} as metric, ${quoted(resource)} as resource`),
  );
  const none = 'select cast(null as varchar) as metric, cast(null as varchar) as resource where false';
  return unionAll(needs.length === 0 ? [none] : needs);
}

const declaredOf = ({ name, unit, covers }: Metric): string =>
  `select ${quoted(name)} as metric, ${quoted(unit)} as unit, ${covers.length} as needed`;

function partsOf(metric: Metric, staged: Staged, date: SnapshotDate): string {
  const counted = render(metric, { snapshot: date }, datesOf(staged));
  const columns = metric.columns.map(({ name }) => name).join(', ');
  return `select ${quoted(metric.name)} as metric, ${columns} from (${counted}) as ${metric.name}`;
}

/** Values of metrics for the organization, its units, accounts and teams. */
function renderTrends(metrics: readonly Metric[], staged: Staged, date: SnapshotDate): Sql {
  return substitute(file('trends'), {
    metrics: unionAll(metrics.map(declaredOf)),
    names: metrics.map(({ name }) => quoted(name)).join(', '),
    parts: unionAll(metrics.map((metric) => partsOf(metric, staged, date))),
    needs: neededBy(metrics),
    date: quoted(date),
  });
}

/** What the metrics count, all in one query as well. */
export const derivationOfTrends = (metrics: readonly Metric[]): Derivation => ({
  table: trends,
  name: 'of_all_metrics',
  render: (staged, date) => renderTrends(metrics, staged, date),
});

/**
 * Trends, which count what the others found, come last; the others do not read one another. Findings, of which there
 * are most, come first: they are written while the others are asked for.
 */
export const derivations = (suppressions: readonly Suppression[]): readonly Derivation[] => [
  ...derivationsOfFindings(loadRules(), suppressions),
  { table: sharedRoles, name: 'clusters', render: renderSharedRoles },
  derivationOfWildcards,
  ...derivationsOfDrift,
  derivationOfTrends(loadMetrics()),
];
