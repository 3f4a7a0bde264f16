import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import { NodeHttpHandler } from '@smithy/node-http-handler';

export interface Connections {
  readonly handler: NodeHttpHandler;
  /** Bytes that came over them so far, as they came: answers with their headers, encrypted where AWS encrypts. */
  received(): number;
}

const pool = { keepAlive: true, maxSockets: 100 };

/** Connections that all clients of a run share, so that thousands of accounts do not hold a pool each. */
export function connections(): Connections {
  const open = new Set<Socket>();
  let closed = 0;
  const counted = <A extends HttpAgent>(agent: A): A => {
    const create = agent.createConnection.bind(agent);
    agent.createConnection = (options, callback) => {
      const socket = create(options, callback) as Socket;
      open.add(socket);
      socket.once('close', () => {
        open.delete(socket);
        closed += socket.bytesRead;
      });
      return socket;
    };
    return agent;
  };
  const handler = new NodeHttpHandler({
    connectionTimeout: 5_000,
    requestTimeout: 60_000,
    httpsAgent: counted(new HttpsAgent(pool)),
    httpAgent: counted(new HttpAgent(pool)),
  });
  return { handler, received: () => [...open].reduce((sum, { bytesRead }) => sum + bytesRead, closed) };
}
