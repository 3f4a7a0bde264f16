import { z } from 'zod';

export interface FunctionArn {
  /** Without qualifier. */
  readonly arn: string;
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
  /** Version or alias; null when the ARN has none. */
  readonly qualifier: string | null;
}

const shape = /^(arn:[\w-]+:lambda:([\w-]+):(\d{12}):function:([\w.-]+))(?::([\w$-]+))?$/;

/** ARN of a function, with or without qualifier, taken apart. */
export const functionArn = z.string().transform((text, context): FunctionArn => {
  const [, arn, region, accountId, name, qualifier] = shape.exec(text) ?? [];
  if (arn && region && accountId && name) return { arn, region, accountId, name, qualifier: qualifier ?? null };
  context.addIssue({ code: 'custom', message: 'expected the ARN of a Lambda function' });
  return z.NEVER;
});
