import { uniqueId } from '../seeded.ts';
import { allow, type Document, document } from './documents.ts';
import type { ManagedPolicy } from './model.ts';

/** Shortened forms of policies that AWS maintains: what matters is who may do everything. */
const documents: Readonly<Record<string, Document>> = {
  AdministratorAccess: document(allow('*', '*')),
  PowerUserAccess: document(
    { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
    allow(['iam:CreateServiceLinkedRole', 'iam:ListRoles', 'organizations:DescribeOrganization'], '*'),
  ),
  IAMFullAccess: document(allow(['iam:*', 'organizations:DescribeAccount'], '*')),
  ReadOnlyAccess: document(allow(['dynamodb:Get*', 'iam:List*', 'lambda:Get*', 'lambda:List*', 's3:Get*'], '*')),
  SecurityAudit: document(allow(['iam:Get*', 'iam:List*', 'lambda:GetPolicy', 'lambda:List*'], '*')),
  AmazonS3FullAccess: document(allow(['s3:*', 's3-object-lambda:*'], '*')),
  AmazonDynamoDBFullAccess: document(allow(['dynamodb:*', 'dax:*', 'cloudwatch:GetMetricData'], '*')),
  AmazonSQSFullAccess: document(allow('sqs:*', '*')),
  AWSLambda_FullAccess: document(
    allow(['lambda:*', 'logs:DescribeLogGroups', 'iam:ListRoles'], '*'),
    allow('iam:PassRole', '*', { Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } } }),
  ),
  AWSLambdaManagedEC2ResourceOperator: document(allow(['ec2:RunInstances', 'ec2:Describe*', 'ec2:CreateTags'], '*')),
  'service-role/AWSLambdaBasicExecutionRole': document(
    allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], '*'),
  ),
  'service-role/AWSLambdaVPCAccessExecutionRole': document(
    allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'ec2:CreateNetworkInterface'], '*'),
  ),
  'service-role/AmazonECSTaskExecutionRolePolicy': document(
    allow(['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'logs:PutLogEvents'], '*'),
  ),
  'aws-service-role/AWSSupportServiceRolePolicy': document(allow(['support:*', 'lambda:List*'], '*')),
  'aws-service-role/AWSOrganizationsServiceTrustPolicy': document(allow('iam:DeleteRole', '*')),
  'aws-service-role/CloudTrailServiceRolePolicy': document(allow('organizations:ListAccounts', '*')),
  'aws-service-role/AWSTrustedAdvisorServiceRolePolicy': document(allow(['ec2:Describe*', 's3:List*'], '*')),
};

/** ARN of a policy that AWS maintains, by path and name. */
export const awsManaged = (name: string): string => `arn:aws:iam::aws:policy/${name}`;

export const lambdaBasicExecution = awsManaged('service-role/AWSLambdaBasicExecutionRole');
export const administratorAccess = awsManaged('AdministratorAccess');

export const awsManagedPolicies: readonly ManagedPolicy[] = Object.entries(documents).map(([pathAndName, of]) => {
  const slash = pathAndName.lastIndexOf('/') + 1;
  return {
    name: pathAndName.slice(slash),
    arn: awsManaged(pathAndName),
    path: `/${pathAndName.slice(0, slash)}`,
    id: uniqueId('ANPA', pathAndName),
    versions: [{ createdAt: '2024-02-06T18:40:00.000Z', document: of }],
  };
});
