import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { tagKeysShape } from '../collectors/tag_keys.ts';
import { UsageError } from '../errors.ts';

const account = z.string().regex(/^\d{12}$/, 'is an account id of 12 digits');
const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'is a region such as eu-central-1');

/** Who may assume a role: an account (its own policies then say who), or a role or user by its ARN. */
const principal = z.union([account, z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:(role|user|root)/)], {
  error: 'is an account id, or the ARN of a role or user',
});

const shape = z.strictObject({
  /** The organization, o-…; nobody outside it gets at the lake, and the collector is assumed nowhere else. */
  organization: z.string().regex(/^o-[a-z0-9]{10,32}$/, 'is an organization id such as o-a1b2c3d4e5'),
  /** Account and region that rolecall runs in: a delegated administrator, not the management account. */
  hub: z.strictObject({ account, region }),
  /** Roots or organizational units whose accounts get the collector role, now and when they join. */
  organizationalUnits: z.array(z.string().regex(/^(r-[a-z0-9]{4,32}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32})$/)).min(1),
  /** The management account, which no StackSet reaches; without it, it is not read. */
  managementAccount: account.optional(),
  /** Regions to read; without any, every region that an account has enabled. */
  regions: z.array(region),
  /** What the collector role asks its caller for. */
  externalId: z.string().min(2).max(1224),
  /** Tag keys that say whose and what something is, where they are not the usual ones of docs/tables.md. */
  tagKeys: tagKeysShape.optional(),
  /** Once a week. */
  schedule: z.strictObject({
    day: z.enum(['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN']),
    time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is a time of day such as 05:00'),
    timezone: z.string().min(1),
  }),
  /** Where alarms and the figures of each run are sent. */
  mailTo: z.email(),
  /** A published snapshot that read fewer of its accounts, in percent, raises an alarm. */
  leastCoverage: z.number().min(0).max(100),
  /** A query that would read more, in gigabytes, is stopped. */
  scanLimit: z.number().min(0.01),
  /** Who may ask anything, who may ask for findings and trends alone, and who (perhaps nobody) may move a laptop's snapshots over. */
  people: z.strictObject({
    analysts: z.array(principal).min(1),
    dashboards: z.array(principal).min(1),
    publishers: z.array(principal),
  }),
});

/** What `cdk deploy` has to be told about an organization. */
export type Configuration = z.infer<typeof shape>;

const problemsOf = (error: z.ZodError): string =>
  error.issues.map(({ path, message }) => `  ${path.join('.') || '(file)'}: ${message}`).join('\n');

/** @throws UsageError naming every problem at once, each with its path. */
export function parseConfiguration(text: string, file: string): Configuration {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is no JSON: ${(error as Error).message}`, { cause: error });
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UsageError(`${file} does not say what docs/operations.md asks for:\n${problemsOf(parsed.error)}`);
}

/** @throws UsageError as parseConfiguration does, and when there is no such file. */
export function readConfiguration(file: string): Configuration {
  try {
    return parseConfiguration(readFileSync(file, 'utf8'), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new UsageError(`There is no configuration ${file}. Copy infra/example.config.json and fill it in`);
  }
}
