import { describe, expect, test } from 'vitest';
import * as breadth from '../../analysis/breadth.ts';

describe('B2: how broad an action is', () => {
  const actions: readonly (readonly [string, 'full' | 'service' | 'partial' | 'named'])[] = [
    ['*', 'full'],
    ['**', 'full'],
    ['*:*', 'full'],
    ['s3:*', 'service'],
    ['S3:**', 'service'],
    ['s3*:*', 'service'],
    ['s3:Get*', 'partial'],
    ['s3:*Object', 'partial'],
    ['s3:GetObjec?', 'partial'],
    ['*:GetObject', 'partial'],
    ['ec2*', 'partial'],
    ['s3:GetObject', 'named'],
  ];
  test.each(actions)('%s is %s', (action, expected) => {
    const found = {
      full: breadth.isFullAction(action),
      service: breadth.isServiceWildcard(action),
      partial: breadth.isPartialWildcard(action),
      named: false,
    };
    expect(found).toEqual({
      full: false,
      service: false,
      partial: false,
      ...(expected !== 'named' && { [expected]: true }),
      named: false,
    });
  });
});

describe('B2: how broad a resource is', () => {
  const broad = [
    'arn:*',
    'arn:aws:*',
    '*:*',
    'arn:aws:s3:*',
    'arn:aws:s3:::*',
    'arn:aws:s3:::**',
    'arn:aws:s3:::*/*',
    'arn:aws:s3:*:*:accesspoint/*',
    'arn:aws:dynamodb:*:*:table/*',
    'arn:aws:dynamodb:eu-west-1:111122223333:table/*',
    'arn:aws:dynamodb:*:*:table/*/index/*',
    'arn:aws:iam::*:role/*',
    'arn:aws:iam::111122223333:*',
    'arn:aws:lambda:*:*:function:*',
    'arn:aws:logs:*:*:*',
    'arn:aws:logs:*:*:log-group:*:log-stream:*',
    'arn:aws:ssm:*:*:parameter/*',
    'arn:aws:ssm:*:*:parameter*',
    'arn:aws:secretsmanager:*:*:secret:*',
    'arn:aws:kms:*:*:key/*',
    'arn:aws:sqs:*:*:*',
    'arn:aws:apigateway:*::/*',
    'arn:aws:apigateway:*::/restapis/*',
  ];
  const narrow = [
    'arn:aws:s3:::bucket',
    'arn:aws:s3:::bucket/*',
    'arn:aws:s3:::app-*',
    'arn:aws:s3:::*-logs',
    'arn:aws:sqs:*:*:orders/*',
    'arn:aws:sns:*:*:orders:*',
    'arn:aws:dynamodb:*:*:table/Orders',
    'arn:aws:dynamodb:*:*:table/Orders/index/*',
    'arn:aws:iam::*:role/app-*',
    'arn:aws:logs:*:*:log-group:/aws/lambda/*',
    'arn:aws:logs:eu-west-1:111122223333:log-group:orders:*',
    'arn:aws:lambda:*:*:function:orders',
    'arn:aws:execute-api:*:*:abc123/*',
  ];
  test.each(broad)('%s is broad', (resource) => expect(breadth.isBroadResource(resource)).toBe(true));
  test.each(narrow)('%s is not', (resource) => expect(breadth.isBroadResource(resource)).toBe(false));
  test.each(['*', '**'])('%s is full, not broad', (resource) => {
    expect(breadth.isFullResource(resource)).toBe(true);
    expect(breadth.isBroadResource(resource)).toBe(false);
  });
});
