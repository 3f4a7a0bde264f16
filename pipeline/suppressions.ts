import { z } from 'zod';
import { UsageError } from '../errors.ts';
import type { SnapshotDate } from '../lake/catalog.ts';
import type { Lake } from '../lake/lake.ts';
import { loadRules } from '../queries/question.ts';
import { isExpired, type Suppression } from '../queries/suppression.ts';
import type { Report } from './events.ts';

/** People put it into the lake; no run ever writes it. */
const key = 'suppressions.json';

const text = z.string().trim().min(1);
const suppression = z
  .strictObject({
    finding_id: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'is no id of a finding: 64 hexadecimal digits')
      .optional(),
    rule_id: text.optional(),
    resource_arn: text.optional(),
    reason: text,
    owner: text,
    expires: z.iso.date(),
  })
  .refine(
    ({ finding_id, rule_id, resource_arn }) =>
      finding_id === undefined
        ? rule_id !== undefined && resource_arn !== undefined
        : (rule_id ?? resource_arn) === undefined,
    'needs either finding_id, or rule_id and resource_arn',
  );

function parse(content: string, where: string): readonly Suppression[] {
  const parsed = z.array(suppression).safeParse(jsonIn(content, where));
  if (parsed.success) return parsed.data;
  throw new UsageError(`${where} is no list of suppressions:\n${z.prettifyError(parsed.error)}`);
}

function jsonIn(content: string, where: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new UsageError(`${where} is not JSON: ${(cause as Error).message}`, { cause });
  }
}

/** What people have suppressed in this lake; nothing when there is no such file. @throws UsageError with every problem. */
export async function suppressionsIn(lake: Lake): Promise<readonly Suppression[]> {
  const bytes = await lake.get(key);
  return bytes === undefined ? [] : parse(new TextDecoder().decode(bytes), lake.location(key));
}

const named = ({ finding_id, rule_id, resource_arn, owner }: Suppression): string =>
  `The suppression of ${finding_id ?? `${rule_id} on ${resource_arn}`} (${owner})`;

/**
 * Says which suppressions do nothing in the snapshot of a date. Asked before anything is collected.
 * @throws UsageError with every problem of the file
 */
export async function checkSuppressions(lake: Lake, date: SnapshotDate, report: Report): Promise<void> {
  const rules = new Set(loadRules().map(({ name }) => name));
  for (const one of await suppressionsIn(lake)) {
    if (isExpired(one, date)) report({ kind: 'warning', message: `${named(one)} expired on ${one.expires}` });
    if (one.rule_id !== undefined && !rules.has(one.rule_id))
      report({ kind: 'warning', message: `${named(one)} names a rule that is not there` });
  }
}
