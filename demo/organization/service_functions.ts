import { fraction, pick } from '../seeded.ts';
import { lambdaBasicExecution } from './aws_managed_policies.ts';
import { type Document, trustLambda, trustService } from './documents.ts';
import { executionBoundary } from './execution_boundary.ts';
import { addFunction, addRole } from './identities.ts';
import type { Account, LambdaFunction, Role } from './model.ts';
import { extraPolicies, type Place, servicePolicy } from './service_permissions.ts';
import { serviceTags } from './service_tags.ts';
import type { Service } from './services.ts';

interface Deployment {
  readonly service: Service;
  readonly account: Account;
  readonly environment: 'production' | 'staging';
}

/** Deploys a service: all of it in production, a third of it in staging. */
export function deployService(deployment: Deployment): void {
  const { service, environment } = deployment;
  const things = environment === 'production' ? service.things : service.things.slice(0, 2);
  for (const [i, thing] of things.entries()) {
    for (const part of ['api', 'worker']) deployFunction(deployment, thing, part, service.region);
    if (i === 0 && environment === 'production') deployFunction(deployment, thing, 'api', service.standby);
  }
}

function deployFunction(deployment: Deployment, thing: string, part: string, region: string): void {
  const { service, account, environment } = deployment;
  const name = `${service.name}-${thing}-${part}`;
  const role = roleFor(deployment, thing, part, region);
  const at = { account: account.id, region, service: service.name, thing };
  const seed = `${account.id} ${region} ${name}`;
  addFunction(account, region, name, role, {
    ...shape(seed, at),
    tags: serviceTags(service, environment, seed),
    environment: environmentNames(seed, service),
    eventSources: part === 'worker' && fraction(`source ${seed}`) < 0.6 ? [eventSource(seed, at)] : [],
    ...published(seed, role, environment),
  });
}

/** The role a function runs as: made when it is the first of its kind. */
function roleFor(deployment: Deployment, thing: string, part: string, region: string): Role {
  const { service, account, environment } = deployment;
  const name = roleName(deployment, thing, part);
  const existing = account.roles.find((role) => role.name === name);
  if (existing) return existing;
  const seed = `${account.id} ${name}`;
  const at = { account: account.id, region, service: service.name, thing };
  return addRole(account, name, trustOf(account, seed), {
    ...(fraction(`console ${seed}`) < 0.15 && { path: '/service-role/' }),
    inline: { [`${service.name}-access`]: servicePolicy(at, seed) },
    attached: [lambdaBasicExecution, ...extraPolicies(seed)],
    boundary: environment === 'production' && fraction(`boundary ${seed}`) < 0.6 ? executionBoundary(account) : null,
    tags: serviceTags(service, environment, `role ${seed}`),
  });
}

/** One function in twelve runs as what was copied from a tutorial, together with those of other services. */
function roleName({ service, account }: Deployment, thing: string, part: string): string {
  if (fraction(`tutorial ${account.id} ${service.name}-${thing}-${part}`) < 1 / 12) return 'lambda_basic_execution';
  if (service.style === 'shared') return `${service.name}-functions-role`;
  if (service.style === 'mixed' && part === 'api') return `${service.name}-api-role`;
  return `${service.name}-${thing}-${part}-role`;
}

const trustOf = (account: Account, seed: string): Document =>
  fraction(`trust ${seed}`) < 0.25
    ? trustService('lambda', { StringEquals: { 'aws:SourceAccount': account.id } })
    : trustLambda;

function shape(seed: string, at: Place): Partial<LambdaFunction> {
  const container = fraction(`container ${seed}`) < 0.06;
  const key = `arn:aws:kms:${at.region}:${at.account}:key/7c1d5a52-0000-4000-8000-${at.account}`;
  return {
    runtime: container
      ? null
      : pick(`runtime ${seed}`, ['nodejs22.x', 'nodejs20.x', 'python3.13', 'python3.9', 'java21']),
    memory: pick(`memory ${seed}`, [128, 256, 512, 1024]),
    timeout: pick(`timeout ${seed}`, [10, 30, 60, 900]),
    inVpc: fraction(`vpc ${seed}`) < 0.3,
    layers:
      !container && fraction(`layer ${seed}`) < 0.25
        ? [`arn:aws:lambda:${at.region}:${at.account}:layer:tracing:7`]
        : [],
    kmsKey: fraction(`key ${seed}`) < 0.1 ? key : null,
  };
}

function environmentNames(seed: string, service: Service): string[] {
  const careless = fraction(`secret ${seed}`) < 0.12;
  const secrets = [
    'DB_PASSWORD',
    'PAYMENT_GATEWAY_API_KEY',
    'JWT_SIGNING_SECRET',
    'OAUTH_CLIENT_SECRET',
    'DEPLOY_TOKEN',
  ];
  return ['LOG_LEVEL', `${service.name.toUpperCase()}_TABLE`, ...(careless ? [pick(`name ${seed}`, secrets)] : [])];
}

function eventSource(seed: string, at: Place): string {
  const place = `${at.region}:${at.account}`;
  return pick(`kind of source ${seed}`, [
    `arn:aws:sqs:${place}:${at.service}-${at.thing}`,
    `arn:aws:dynamodb:${place}:table/${at.service}-${at.thing}/stream/2025-03-01T00:00:00.000`,
    `arn:aws:kinesis:${place}:stream/${at.service}-events`,
  ]);
}

function published(seed: string, role: Role, environment: string): Partial<LambdaFunction> {
  if (environment !== 'production' || fraction(`published ${seed}`) > 0.12) return {};
  return { versions: [{ role: role.arn }, { role: role.arn }], aliases: { live: '2' } };
}
