import { DeleteRolePolicyCommand, GetRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { HandlerName } from '../../infra/handler_names.ts';
import type { Deployed } from './deployed.ts';
import { clientsOf, rootKeys } from './live_organization.ts';
import { hubAccount } from './ministack.ts';

interface Statement {
  readonly Action: string | readonly string[];
}

interface Document {
  readonly Statement: readonly Statement[];
}

/** The inline policy that the template gives each role of the hub. */
const PolicyName = 'rolecall';
const roleOf = (name: HandlerName): string => `rolecall-${name}`;
const hub = ({ organization }: Deployed) => clientsOf(organization.endpoint, rootKeys(hubAccount));

const actionsIn = ({ Statement }: Document): readonly string[] => [
  ...new Set(Statement.flatMap(({ Action }) => Action)),
];

const without = (document: Document, action: string): Document => ({
  ...document,
  Statement: document.Statement.map((one) => ({
    ...one,
    Action: [one.Action].flat().filter((name) => name !== action),
  })).filter(({ Action }) => Action.length > 0),
});

interface Answer {
  readonly failed: boolean;
  readonly payload: { readonly errorMessage?: string };
}

async function ask(deployed: Deployed, name: HandlerName, event: object): Promise<Answer> {
  const { FunctionError, Payload } = await hub(deployed).lambda.send(
    new InvokeCommand({ FunctionName: roleOf(name), Payload: JSON.stringify(event) }),
  );
  return { failed: FunctionError !== undefined, payload: JSON.parse(Payload!.transformToString()) };
}

/** What a function answers. @throws Error when it fails */
export async function called(deployed: Deployed, name: HandlerName, event: object): Promise<object> {
  const { failed, payload } = await ask(deployed, name, event);
  if (failed) throw new Error(`${name}: ${payload.errorMessage}`);
  return payload;
}

async function policyOf(deployed: Deployed, name: HandlerName): Promise<Document> {
  const { iam } = hub(deployed);
  const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName: roleOf(name), PolicyName }));
  return JSON.parse(decodeURIComponent(PolicyDocument!));
}

async function give(deployed: Deployed, name: HandlerName, document: Document): Promise<void> {
  const { iam } = hub(deployed);
  const RoleName = roleOf(name);
  if (document.Statement.length === 0) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  else await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: JSON.stringify(document) }));
}

/** A call that is made without an action of the function's role. */
export interface Call {
  /** What it is given; made anew for each action, so that it finds what it needs. */
  event(action: string): Promise<object>;
  /** What a call that went on has left in the lake, where it may tell of what it was refused. */
  told(event: object): Promise<string>;
}

/** Every action that the role of a function has. */
export const actionsOf = async (deployed: Deployed, name: HandlerName): Promise<readonly string[]> =>
  actionsIn(await policyOf(deployed, name));

/** @returns what the function says when its role lacks the action: its error, or what it tells in the lake. */
export async function answerWithout(
  deployed: Deployed,
  name: HandlerName,
  action: string,
  { event, told }: Call,
): Promise<string> {
  const given = await event(action);
  const whole = await policyOf(deployed, name);
  await give(deployed, name, without(whole, action));
  const { failed, payload } = await ask(deployed, name, given);
  await give(deployed, name, whole);
  return failed ? payload.errorMessage! : told(given);
}
