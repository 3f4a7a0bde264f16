import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { clientMaker } from '../../../collectors/live/clients.ts';
import { connections } from '../../../collectors/live/connections.ts';
import { runCosts } from '../../../collectors/live/costs.ts';
import { serviceLimits } from '../../../collectors/live/requests.ts';
import { type OpenSession, openSession } from '../../../collectors/live/session.ts';
import { accountId, never, region } from '../folder.ts';
import { type Listening, listening } from './listening.ts';

/** `asked` is the operation of a JSON service, the body of a query service, else path and query; `key` signed it. */
type Answer = (asked: string, nth: (about: string) => number, key: string, body: string) => object | string;

const ownKey: AwsCredentialIdentityProvider = async () => ({ accessKeyId: 'AKID', secretAccessKey: 'not-a-secret' });

/** Sessions as one run opens them, at a server on this machine until that stops. */
export function sessionsAt(endpoint: string): (credentials: AwsCredentialIdentityProvider) => OpenSession {
  process.env.AWS_ENDPOINT_URL = endpoint;
  const ofRun = {
    limits: serviceLimits(),
    makeClient: clientMaker(connections().handler),
    costs: runCosts(() => 0),
    shared: new Map(),
    signal: never,
  };
  return (credentials) => openSession({ ...ofRun, accountId, credentials, homeRegion: region });
}

export const sessionAt = (endpoint: string): OpenSession => sessionsAt(endpoint)(ownKey);

/** A server on this machine that answers as `answer` says; `nth` counts from 0 how often something was asked before. */
export async function pagedServer(answer: Answer): Promise<Listening> {
  const times = new Map<string, number>();
  const nth = (about: string): number => {
    const before = times.get(about) ?? 0;
    times.set(about, before + 1);
    return before;
  };
  return listening(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const target = String(incoming.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    const isQuery = incoming.headers['content-type'] === 'application/x-www-form-urlencoded';
    const body = Buffer.concat(chunks).toString();
    const key = /Credential=(\w+)/.exec(incoming.headers.authorization ?? '')?.[1] ?? '';
    const given = answer(target || (isQuery ? body : (incoming.url ?? '')), nth, key, body);
    outgoing.end(typeof given === 'string' ? given : JSON.stringify(given));
  });
}
