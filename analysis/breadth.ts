/** How much a list of actions or resources takes in, by its wildcards alone. */

/** `*` and `*:*`: every action of every service. */
export function isFullAction(action: string): boolean {
  const plain = collapsed(action);
  return plain === '*' || plain === '*:*';
}

/** All actions of a service, such as `s3:*`, or of several, such as `s3*:*`. */
export function isServiceWildcard(action: string): boolean {
  return !isFullAction(action) && collapsed(action).endsWith(':*');
}

/** A wildcard in the name of an action, such as `s3:Get*`. */
export function isPartialWildcard(action: string): boolean {
  return /[*?]/.test(action) && !isFullAction(action) && !isServiceWildcard(action);
}

export function isFullResource(resource: string): boolean {
  return collapsed(resource) === '*';
}

/**
 * Whether a resource takes in all of a service, or all of one kind of resource, short of `*`:
 * `arn:aws:s3:::*`, `arn:aws:dynamodb:*:*:table/*`, `arn:aws:iam::111122223333:role/*`, `arn:*`.
 * One region or account still counts as all of it; one bucket's objects (`arn:aws:s3:::bucket/*`) do not.
 */
export function isBroadResource(resource: string): boolean {
  // Most name what they mean; there are too many to take them all apart.
  if (!resource.includes('*')) return false;
  const plain = collapsed(resource);
  if (plain === '*') return false;
  const [, , service = '', region = '', , ...rest] = plain.split(':');
  if (rest.length === 0) return swallowsTheRest(plain);
  const hasKinds = !WITHOUT_KINDS.includes(service) && !(service === 's3' && region === '');
  return (hasKinds ? ALL_OF_A_KIND : ALL).test(rest.join(':'));
}

/** Services whose ARNs name the resource itself where others name its kind first. S3 buckets are such too. */
const WITHOUT_KINDS = ['sns', 'sqs', 'execute-api', 'codecommit'];

/** Only wildcards and separators. */
const ALL = /^[/:]?\*([:/]\*)*$/;

// A kind, then only wildcards, also by steps: `table/*`, `parameter*`, `log-group:*:log-stream:*`.
const ALL_OF_A_KIND = /^\/?([\w-]+[:/]?)?\*([:/]([\w-]+[:/])?\*)*$/;

/** A `*` that stands for the last parts of the ARN, with nothing vague before it: `arn:aws:s3:*`, `arn:*`. */
function swallowsTheRest(resource: string): boolean {
  return resource.endsWith(':*') || resource.indexOf('*') === resource.length - 1;
}

/** `**` says no more than `*`. */
function collapsed(pattern: string): string {
  return pattern.includes('**') ? pattern.replace(/\*{2,}/g, '*') : pattern;
}
