import { hex, pastMoment } from '../seeded.ts';
import { awsManaged, lambdaBasicExecution } from './aws_managed_policies.ts';
import { allow, document, trustLambda } from './documents.ts';
import { addRole } from './identities.ts';
import type { Account } from './model.ts';

/** Workloads of the forecasting team that are no functions. */
export function addOtherWorkloads(account: Account): void {
  addMicrovms(account);
  addCapacityProvider(account);
}

/** MicroVM images with their build roles, and MicroVMs with and without an execution role. */
function addMicrovms(account: Account): void {
  const region = 'us-east-1';
  const tags = { squad: 'data', project: 'forecasting', env: 'production', classification: 'internal' };
  const build = addRole(account, 'microvm-build-role', trustLambda, {
    inline: { build: document(allow(['s3:GetObject', 'ecr:*'], '*')) },
    tags,
  });
  const run = addRole(account, 'microvm-execution-role', trustLambda, {
    inline: { run: document(allow(['s3:*', 'secretsmanager:GetSecretValue'], '*')) },
    attached: [lambdaBasicExecution],
    tags,
  });
  const images = ['notebook', 'model-runner'].map((name) => {
    const arn = `arn:aws:lambda:${region}:${account.id}:microvm-image:${name}`;
    const environment = ['LOG_LEVEL', 'FEATURE_STORE_PASSWORD'];
    return { name, region, arn, buildRole: build.arn, environment, createdAt: pastMoment(arn), tags };
  });
  account.microvmImages.push(...images);
  for (const [i, role] of [run.arn, run.arn, null].entries()) {
    const id = `microvm-${hex(`${account.id} microvm ${i}`, 17)}`;
    account.microvms.push({ id, region, image: images[i % 2]!.arn, role, startedAt: '2026-10-05T06:00:00.000Z' });
  }
}

function addCapacityProvider(account: Account): void {
  const region = 'us-east-1';
  const operator = addRole(account, 'capacity-operator-role', trustLambda, {
    attached: [awsManaged('AWSLambdaManagedEC2ResourceOperator')],
    tags: { squad: 'data', project: 'forecasting' },
  });
  const name = 'forecasting-pool';
  const arn = `arn:aws:lambda:${region}:${account.id}:capacity-provider:${name}`;
  account.capacityProviders.push({ name, region, arn, operatorRole: operator.arn });
}
