import { allow, deny, document } from './documents.ts';
import { addPolicy } from './identities.ts';
import type { Account } from './model.ts';

const executionBoundaryName = 'execution-boundary';

/** ARN of the policy that says what an account's execution roles may never exceed. */
export const executionBoundary = (account: Account): string =>
  `arn:aws:iam::${account.id}:policy/${executionBoundaryName}`;

export function addExecutionBoundary(account: Account): void {
  addPolicy(account, executionBoundaryName, [
    document(
      allow(
        [
          'dynamodb:*',
          'kms:Decrypt',
          'lambda:InvokeFunction',
          'logs:*',
          's3:*',
          'secretsmanager:GetSecretValue',
          'sqs:*',
          'sns:*',
        ],
        '*',
      ),
      deny(['iam:*', 'organizations:*'], '*'),
    ),
  ]);
}
