import { fraction, pastMoment, pick } from '../seeded.ts';
import { administratorAccess, awsManaged, lambdaBasicExecution } from './aws_managed_policies.ts';
import { allow, document, trustLambda } from './documents.ts';
import { addRole } from './identities.ts';
import type { Account } from './model.ts';

const leftovers = [
  'data-backfill-2024',
  'image-resizer',
  'legacy-webhook',
  'hackday-bot',
  'migration-helper',
  'price-import',
];

/** Roles that trust Lambda and that no function has used for long. */
export function addDormantRoles(account: Account): void {
  for (const name of leftovers.slice(0, account.name.endsWith('-production') ? 6 : 5)) {
    const seed = `${account.id} ${name}`;
    const broad = pick(`dormant ${seed}`, [[], [], [awsManaged('AmazonS3FullAccess')], [administratorAccess]]);
    addRole(account, `${name}-role`, trustLambda, {
      path: '/service-role/',
      inline: { access: document(allow(['s3:GetObject', 's3:PutObject'], `arn:aws:s3:::brightaisle-${name}/*`)) },
      attached: [lambdaBasicExecution, ...broad],
      lastUsed: fraction(`used ${seed}`) < 0.5 ? null : pastMoment(`last use ${seed}`),
    });
  }
}
