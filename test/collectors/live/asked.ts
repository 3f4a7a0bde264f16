import type { IncomingMessage } from 'node:http';

/** A request to AWS, by what it asks. */
export interface Asked {
  /** IAM action, such as `lambda:ListFunctions`. */
  readonly action: string;
  /** Region that it is signed for. */
  readonly region: string;
  /** Access key that signed it. */
  readonly key: string;
  /** Members of its input. */
  readonly input: Readonly<Record<string, string>>;
  readonly isQuery: boolean;
}

/** Operations of the services that AWS addresses by method and path (their API references, "Request Syntax"). */
const paths: readonly (readonly [string, RegExp])[] = [
  ['account:ListRegions', /^\/listRegions$/],
  ['lambda:ListFunctions', /^\/2015-03-31\/functions\/?$/],
  ['lambda:ListAliases', /^\/2015-03-31\/functions\/(?<FunctionName>[^/]+)\/aliases$/],
  ['lambda:ListFunctionUrlConfigs', /^\/2021-10-31\/functions\/(?<FunctionName>[^/]+)\/urls$/],
  ['lambda:GetPolicy', /^\/2015-03-31\/functions\/(?<FunctionName>[^/]+)\/policy$/],
  ['lambda:ListEventSourceMappings', /^\/2015-03-31\/event-source-mappings\/?$/],
  ['lambda:ListCapacityProviders', /^\/2025-11-30\/capacity-providers\/?$/],
  ['lambda:ListCodeSigningConfigs', /^\/2020-04-22\/code-signing-configs\/?$/],
  ['lambda:ListFunctionsByCodeSigningConfig', /^\/2020-04-22\/code-signing-configs\/(?<Config>[^/]+)\/functions$/],
  ['lambda:ListMicrovmImages', /^\/2025-09-09\/microvm-images\/?$/],
  ['lambda:GetMicrovmImageVersion', /^\/2025-09-09\/microvm-images\/(?<Image>[^/]+)\/versions\/(?<Version>[^/]+)$/],
  ['lambda:ListMicrovms', /^\/2025-09-09\/microvms\/?$/],
  ['lambda:GetMicrovm', /^\/2025-09-09\/microvms\/(?<Microvm>[^/]+)$/],
];

/** IAM prefixes by the name in X-Amz-Target. */
const targets: Readonly<Record<string, string>> = {
  AWSOrganizationsV20161128: 'organizations',
  ResourceGroupsTaggingAPI_20170126: 'tag',
};

const members = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text));

/** @throws when nobody here knows the operation: a request that is not counted would be no proof. */
function named({ url = '/', headers }: IncomingMessage, service: string, body: string) {
  if (headers['content-type'] === 'application/x-www-form-urlencoded') {
    const input = members(body);
    return { action: `${service}:${input.Action}`, input };
  }
  const json = (): Record<string, string> => JSON.parse(body || '{}');
  const [target = '', operation] = String(headers['x-amz-target'] ?? '').split('.');
  if (operation !== undefined) return { action: `${targets[target]}:${operation}`, input: json() };
  const [path = '', query = ''] = url.split('?');
  for (const [action, shape] of paths) {
    const parts = shape.exec(path);
    if (parts !== null) return { action, input: { ...json(), ...members(query), ...decoded(parts.groups ?? {}) } };
  }
  throw new Error(`nobody knows what ${path} asks`);
}

const decoded = (parts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, decodeURIComponent(text)]));

/** Reads a request to its end, and says what it asks. */
export async function askedBy(incoming: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const signed = /Credential=(\w+)\/\d+\/([\w-]+)\/([\w-]+)\//.exec(incoming.headers.authorization ?? '');
  const [, key = '', region = '', service = ''] = signed ?? [];
  const isQuery = incoming.headers['content-type'] === 'application/x-www-form-urlencoded';
  return { ...named(incoming, service, body), key, region, isQuery };
}
