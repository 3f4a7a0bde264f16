import { fraction, pick } from '../seeded.ts';
import { awsManaged } from './aws_managed_policies.ts';
import { allow, type Document, document, type Statement } from './documents.ts';

/** What a service's function works on. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly service: string;
  readonly thing: string;
}

const table = (at: Place) => `arn:aws:dynamodb:${at.region}:${at.account}:table/${at.service}-${at.thing}`;
const bucket = (at: Place) => `arn:aws:s3:::brightaisle-${at.service}-${at.thing}`;
const queue = (at: Place) => `arn:aws:sqs:${at.region}:${at.account}:${at.service}-${at.thing}`;
const secret = (at: Place) => `arn:aws:secretsmanager:${at.region}:${at.account}:secret:${at.service}/${at.thing}-*`;

/** From narrow to careless, as people write them; the first half is the more frequent. */
const habits: readonly ((at: Place) => Statement[])[] = [
  (at) => [allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], table(at))],
  (at) => [allow(['s3:GetObject', 's3:PutObject'], `${bucket(at)}/*`), allow('s3:ListBucket', bucket(at))],
  (at) => [allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], queue(at))],
  (at) => [allow('secretsmanager:GetSecretValue', secret(at)), allow('dynamodb:GetItem', table(at))],
  (at) => [allow('dynamodb:*', table(at))],
  (at) => [allow(['s3:Get*', 's3:List*'], [bucket(at), `${bucket(at)}/*`])],
  () => [allow('s3:*', '*')],
  (at) => [allow(['sqs:SendMessage', 'sns:Publish'], '*'), allow('kms:Decrypt', `arn:aws:kms:*:${at.account}:key/*`)],
  () => [allow('dynamodb:*', '*')],
  () => [allow(['s3:GetObject', 's3:DeleteObject'], 'arn:aws:s3:::*')],
];

/** The inline policy of a function's role. */
export function servicePolicy(at: Place, seed: string): Document {
  const careless = fraction(`careless ${seed}`) < 0.3;
  return document(...pick(`habit ${seed}`, careless ? habits.slice(4) : habits.slice(0, 4))(at));
}

/** Managed policies that one execution role in twelve has besides, because they were at hand. */
export function extraPolicies(seed: string): string[] {
  if (fraction(`extra ${seed}`) > 1 / 12) return [];
  return [awsManaged(pick(`which ${seed}`, ['AmazonS3FullAccess', 'AmazonDynamoDBFullAccess', 'AmazonSQSFullAccess']))];
}
