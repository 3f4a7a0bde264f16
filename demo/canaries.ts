import { hex } from './seeded.ts';

/**
 * Every value of an environment variable in the exports begins with this text, and nothing else does:
 * where it turns up outside the exports, a value has leaked.
 */
export const canaryPrefix = 'canary-value-';

/** The environment of a function or image as AWS returns it. */
export const canaryEnvironment = (arn: string, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, canaryPrefix + hex(`${arn} ${name}`, 24)]));
