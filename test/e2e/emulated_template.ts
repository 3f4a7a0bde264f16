interface Statement {
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Document {
  readonly Statement: readonly Statement[];
}

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** A template of CloudFormation as the CDK writes it. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

/** The emulator has no resource of these types. */
const unknownTypes = new Set(['AWS::Athena::NamedQuery']);

/** It is reached without TLS. */
const aboutTls = ({ Condition = {} }: Statement): boolean =>
  /SecureTransport|TlsVersion/.test(JSON.stringify(Condition));

/** To it a principal is the session of a role; on AWS it is the role. */
const withSessions = (arns: readonly string[]): string[] =>
  arns.flatMap((arn) => [arn, `${arn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/*`]);

/** It does not know whose a resource is. */
function emulatedKeys(keys: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { 'aws:ResourceOrgID': _, 'aws:PrincipalArn': principals, ...others } = keys;
  return principals === undefined ? others : { ...others, 'aws:PrincipalArn': withSessions(principals as string[]) };
}

function emulatedStatement({ Condition, ...rest }: Statement): Statement {
  const operators = Object.entries(Condition ?? {}).map(([operator, keys]) => [operator, emulatedKeys(keys)] as const);
  const left = operators.filter(([, keys]) => Object.keys(keys).length > 0);
  return left.length === 0 ? rest : { ...rest, Condition: Object.fromEntries(left) };
}

/** Every policy that stands anywhere in a resource. */
function emulatedPolicies(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(emulatedPolicies);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, emulatedPolicies(inner)]);
  const same = Object.fromEntries(entries) as Partial<Document>;
  if (!Array.isArray(same.Statement)) return same;
  return { ...same, Statement: (same as Document).Statement.filter((one) => !aboutTls(one)).map(emulatedStatement) };
}

function withEnvironment(resource: Resource, variables: Readonly<Record<string, string>>): Resource {
  if (resource.Type !== 'AWS::Lambda::Function') return resource;
  const { Variables } = resource.Properties.Environment as { Variables: object };
  return {
    ...resource,
    Properties: { ...resource.Properties, Environment: { Variables: { ...Variables, ...variables } } },
  };
}

/**
 * A template as the emulator takes it: without what it does not have, its account not bootstrapped for the CDK, and with the
 * environment that leads functions to a service which stands elsewhere. All else is as it is deployed.
 */
export function emulated({ Resources }: Template, environment: Readonly<Record<string, string>>): Template {
  const known = Object.entries(Resources).filter(([, { Type }]) => !unknownTypes.has(Type));
  const resources = known.map(([id, resource]) => [
    id,
    withEnvironment(emulatedPolicies(resource) as Resource, environment),
  ]);
  return { Resources: Object.fromEntries(resources) };
}
