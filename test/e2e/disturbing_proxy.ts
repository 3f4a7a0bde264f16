import { createServer, type IncomingMessage, type OutgoingHttpHeaders, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fraction, pick } from '../../demo/seeded.ts';

/** What may become of an answer on its way. */
export type Disturbance = 'none' | 'throttled' | 'failed' | 'reset' | 'slow' | 'cut';

export interface DisturbingProxy {
  readonly endpoint: string;
  /** Requests that came, and how many of each disturbance they met. */
  readonly met: ReadonlyMap<Disturbance, number>;
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/** A proxy before an emulator; `next` says what becomes of each request, in their order. */
export async function disturbingProxy(target: string, next: () => Disturbance): Promise<DisturbingProxy> {
  const met = new Map<Disturbance, number>();
  const server = createServer(async (incoming, outgoing) => {
    const disturbance = next();
    met.set(disturbance, (met.get(disturbance) ?? 0) + 1);
    const body = await bodyOf(incoming);
    if (disturbance === 'reset') return incoming.socket.destroy();
    if (disturbance === 'throttled') return refuse(incoming, outgoing, 400, 'ThrottlingException');
    if (disturbance === 'failed') return refuse(incoming, outgoing, 500, 'InternalFailure');
    const answer = await forward(target, incoming, body).catch(() => null);
    if (answer === null) return incoming.socket.destroy();
    if (disturbance === 'slow') await sleep(200);
    outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
    if (disturbance !== 'cut') return outgoing.end(answer.body);
    outgoing.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)), () => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { endpoint: `http://127.0.0.1:${port}`, met, stop };
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The host stays the one that was signed. */
const forward = (target: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const forwarded = request(target + url, { method, headers: { ...headers, connection: 'close' } }, async (answer) =>
      resolve({ status: answer.statusCode ?? 0, headers: plain(answer.headers), body: await bodyOf(answer) }),
    );
    forwarded.on('error', reject);
    forwarded.end(body);
  });

const plain = ({ connection: _, 'transfer-encoding': __, ...headers }: OutgoingHttpHeaders): OutgoingHttpHeaders =>
  headers;

/** An error in the shape that the client's protocol has: XML for the query protocol, else JSON and a header. */
function refuse(incoming: IncomingMessage, outgoing: ServerResponse, status: number, code: string): void {
  outgoing.writeHead(status, { 'x-amzn-errortype': code, connection: 'close' });
  const isQuery = incoming.headers['content-type'] === 'application/x-www-form-urlencoded';
  const xml = `<ErrorResponse><Error><Code>${code}</Code><Message>disturbed</Message></Error></ErrorResponse>`;
  outgoing.end(isQuery ? xml : JSON.stringify({ __type: code, message: 'disturbed' }));
}

const disturbances: readonly Disturbance[] = ['throttled', 'failed', 'reset', 'slow', 'cut'];

/** Disturbs that part of all requests, the same ones for the same seed as long as they come in the same order. */
export function disturbancesOf(seed: number, part: number): () => Disturbance {
  let request = 0;
  return () => {
    const name = `disturbance ${seed} ${request++}`;
    return fraction(name) < part ? pick(`${name} kind`, disturbances) : 'none';
  };
}
