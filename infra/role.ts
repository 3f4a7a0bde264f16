import { Validations } from 'aws-cdk-lib';
import { type IPrincipal, PolicyDocument, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** A statement that allows; where a resource cannot be named to its end, `wildcard` tells why. */
export interface Permission {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly wildcard?: string;
}

interface Identity {
  readonly name: string;
  readonly description: string;
  readonly assumedBy: IPrincipal;
  readonly permissions: readonly Permission[];
}

const statementOf = ({ sid, actions, resources, condition }: Permission) => ({
  Sid: sid,
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
  ...(condition && { Condition: condition }),
});

/** The check of wildcards takes note of a reason by the resource it is for; without one the synthesis fails. */
function acknowledge(role: Role, { resources, wildcard }: Permission): void {
  if (wildcard === undefined) return;
  for (const resource of resources.filter((one) => one.includes('*'))) {
    Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason: wildcard });
  }
}

/** A role that may do what is listed, and never more: no construct can add to it. */
export function role(scope: Construct, id: string, { name, description, assumedBy, permissions }: Identity): Role {
  const document = PolicyDocument.fromJson({ Version: '2012-10-17', Statement: permissions.map(statementOf) });
  const made = new Role(scope, id, { roleName: name, description, assumedBy, inlinePolicies: { rolecall: document } });
  for (const permission of permissions) acknowledge(made, permission);
  return made;
}
