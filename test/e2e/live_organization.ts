import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  LambdaClient,
  PublishVersionCommand,
} from '@aws-sdk/client-lambda';
import { CloseAccountCommand, CreateAccountCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { callerPolicy } from '../../stacksets/caller_policy.ts';
import { collectorActions } from '../../stacksets/collector_actions.ts';
import { deployCollectorRole } from './cloudformation.ts';
import { hubAccount } from './ministack.ts';

export const homeRegion = 'us-east-1';
export const externalId = 'rolecall-e2e';
/** Stands in the environment of a function and must never be seen again. */
export const secretValue = 'value-that-nobody-may-see';

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Keys of an account's root, as ministack takes them. */
export const rootKeys = (accountId: string): Keys => ({
  accessKeyId: accountId === hubAccount ? 'test' : accountId,
  secretAccessKey: 'test',
});

const members = ['shop', 'bank', 'lab', 'web', 'ops', 'old'] as const;
type Member = (typeof members)[number];

export interface LiveOrganization {
  readonly endpoint: string;
  readonly accounts: Readonly<Record<Member, string>>;
  /** Keys of a user who has the caller's policy, and nothing else. */
  readonly operator: Keys;
}

const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

export const clientsOf = (endpoint: string, credentials: Keys) => {
  const options = { endpoint, credentials, region: homeRegion };
  return { iam: new IAMClient(options), lambda: new LambdaClient(options) };
};

async function createOperator(endpoint: string): Promise<Keys> {
  const { iam } = clientsOf(endpoint, rootKeys(hubAccount));
  const UserName = 'operator';
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(
    new PutUserPolicyCommand({ UserName, PolicyName: 'collect', PolicyDocument: JSON.stringify(callerPolicy) }),
  );
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
}

export async function createMember(organizations: OrganizationsClient, name: string): Promise<string> {
  const asked = { AccountName: name, Email: `${name}@example.com`, Tags: [{ Key: 'team', Value: name }] };
  const { CreateAccountStatus } = await organizations.send(new CreateAccountCommand(asked));
  return CreateAccountStatus!.AccountId!;
}

const lambdaTrust = document({
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
});

async function createWorker(iam: IAMClient, RoleName: string): Promise<string> {
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: lambdaTrust }));
  const PolicyDocument = document({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'buckets', PolicyDocument }));
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  return Role!.Arn!;
}

export const emptyZip = Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64');

const createFunction = (lambda: LambdaClient, FunctionName: string, Role: string) =>
  lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Role,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: emptyZip },
      Environment: { Variables: { API_TOKEN: secretValue } },
      Tags: { team: 'checkout' },
    }),
  );

/** Gives a function all that a function may have. */
async function dress(lambda: LambdaClient, FunctionName: string): Promise<void> {
  await lambda.send(new PublishVersionCommand({ FunctionName }));
  await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }));
  await lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE' }));
  const invoke = { FunctionName, Action: 'lambda:InvokeFunction' };
  await lambda.send(new AddPermissionCommand({ ...invoke, StatementId: 'everyone', Principal: '*' }));
  await lambda.send(
    new AddPermissionCommand({ ...invoke, Qualifier: 'live', StatementId: 'bank', Principal: hubAccount }),
  );
}

/** Functions of `shop`, in order: the first has a version, an alias, a URL and two policies. */
export const shopFunctions = ['cart', 'mail', 'stock'] as const;

/** Functions that share an admin role. */
export async function fillWithFunctions(endpoint: string, keys: Keys): Promise<void> {
  const { iam, lambda } = clientsOf(endpoint, keys);
  const worker = await createWorker(iam, 'worker');
  for (const name of shopFunctions) await createFunction(lambda, name, worker);
  await dress(lambda, shopFunctions[0]);
}

async function fill(endpoint: string, accounts: LiveOrganization['accounts']): Promise<void> {
  const shop = rootKeys(accounts.shop);
  await fillWithFunctions(endpoint, shop);
  const EventSourceArn = `arn:aws:sqs:${homeRegion}:${accounts.shop}:orders`;
  const mapping = { FunctionName: shopFunctions[0], EventSourceArn };
  await clientsOf(endpoint, shop).lambda.send(new CreateEventSourceMappingCommand(mapping));
  const bank = clientsOf(endpoint, rootKeys(accounts.bank));
  await createFunction(bank.lambda, 'ledger', await createWorker(bank.iam, 'ledger'));
}

/**
 * An organization of six members and its management account: `web` has another external id, `ops` no role, `old` is suspended.
 * The collector role is deployed from the checked-in template.
 */
export async function createOrganization(endpoint: string): Promise<LiveOrganization> {
  const organizations = new OrganizationsClient({ endpoint, region: homeRegion, credentials: rootKeys(hubAccount) });
  const ids: [string, string][] = [];
  for (const name of members) ids.push([name, await createMember(organizations, name)]);
  const accounts = Object.fromEntries(ids) as Record<Member, string>;
  const operator = await createOperator(endpoint);
  await fill(endpoint, accounts);
  for (const id of [hubAccount, accounts.shop, accounts.bank, accounts.lab, accounts.old]) {
    await deployCollectorRole(endpoint, rootKeys(id), externalId);
  }
  await deployCollectorRole(endpoint, rootKeys(accounts.web), 'another-external-id');
  await organizations.send(new CloseAccountCommand({ AccountId: accounts.old }));
  return { endpoint, accounts, operator };
}

/** What the emulator asks for in place of another action: ListFunctionUrlConfigs is GetFunction to it. */
export async function allowWhatTheEmulatorAsks(endpoint: string, accountId: string): Promise<void> {
  const { iam } = clientsOf(endpoint, rootKeys(accountId));
  const PolicyDocument = document({ Effect: 'Allow', Action: 'lambda:GetFunction', Resource: '*' });
  const RoleName = 'rolecall-collector';
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'emulator', PolicyDocument }));
}

/** Takes one action from the collector role of the account that the keys are of; the other accounts keep it. */
export async function withoutAction(endpoint: string, keys: Keys, action: string): Promise<void> {
  const { iam } = clientsOf(endpoint, keys);
  const RoleName = 'rolecall-collector';
  const rest = collectorActions.filter((one) => one !== action);
  const PolicyDocument = document({ Effect: 'Allow', Action: rest, Resource: '*' });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'rolecall-read', PolicyDocument }));
}
