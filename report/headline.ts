import type { ReportData } from './data.ts';
import { snapshotDates } from './data.ts';
import { metricByScope, type Point } from './series.ts';
import { figure, shortDate } from './words.ts';

type Judgement = 'better' | 'worse' | 'same' | 'unknown';

/** One of the five numbers that stand on top. */
export interface Headline {
  readonly label: string;
  readonly unit: string;
  readonly points: readonly Point[];
  readonly value: number | null;
  readonly judgement: Judgement;
  /** `2 more than 2 Feb, worse`. */
  readonly change: string;
}

interface Declared {
  readonly metric: string;
  readonly label: string;
  readonly unit?: string;
  readonly moreIsBetter?: true;
}

const declared: readonly Declared[] = [
  {
    metric: 'functions_with_own_role_pct',
    label: 'functions with a role of their own',
    unit: '%',
    moreIsBetter: true,
  },
  { metric: 'roles_with_wildcards', label: 'roles with wildcards' },
  { metric: 'admin_roles_used_by_functions', label: 'admin roles used by functions' },
  { metric: 'open_findings', label: 'open findings' },
  { metric: 'risky_workload_paths', label: 'paths to sensitive authority' },
];

/** The five numbers at the latest snapshot, each with its change since the one before. */
export function headlines(data: ReportData): readonly Headline[] {
  const dates = snapshotDates(data);
  return declared.map((each) => headline(each, organization(data, each.metric), dates));
}

const organization = (data: ReportData, metric: string): readonly Point[] =>
  metricByScope(data.trends, metric).get('organization') ?? [];

function headline(each: Declared, points: readonly Point[], dates: readonly string[]): Headline {
  const at = (date: string | undefined) => points.find((point) => point.date === date)?.value ?? null;
  const value = at(dates.at(-1));
  const before = at(dates.at(-2));
  const unit = each.unit ?? '';
  const judgement = judge(value, before, each.moreIsBetter ?? false);
  return {
    label: each.label,
    unit,
    points,
    value,
    judgement,
    change: changeInWords(value, before, unit, dates, judgement),
  };
}

function judge(value: number | null, before: number | null, moreIsBetter: boolean): Judgement {
  if (value === null || before === null) return 'unknown';
  if (figure(value) === figure(before)) return 'same';
  return value > before === moreIsBetter ? 'better' : 'worse';
}

function changeInWords(
  value: number | null,
  before: number | null,
  unit: string,
  dates: readonly string[],
  judgement: Judgement,
): string {
  if (value === null) return 'could not be known';
  if (dates.length < 2) return 'first snapshot';
  const previous = shortDate(dates.at(-2) ?? '');
  if (before === null) return `not known on ${previous}`;
  if (judgement === 'same') return `as on ${previous}`;
  const points = unit === '%' ? ' points' : '';
  return `${value > before ? 'up' : 'down'} ${figure(Math.abs(value - before))}${points} since ${previous}, ${judgement}`;
}
