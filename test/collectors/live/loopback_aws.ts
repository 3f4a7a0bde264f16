import type { ServerResponse } from 'node:http';
import { collectAccount } from '../../../collectors/account.ts';
import { liveSource } from '../../../collectors/live/source.ts';
import { accountRow, never, region } from '../folder.ts';
import { type Asked, askedBy } from './asked.ts';
import { listening } from './listening.ts';

/** An answer, or the code and message of an error. */
export type Answer = object | string | Refusal;

export class Refusal {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly message: string,
  ) {}
}

/** As AWS words it (IAM User Guide, "Troubleshoot access denied error messages"). */
export const notAuthorized = ({ action, isQuery }: Asked): Refusal =>
  new Refusal(
    403,
    isQuery ? 'AccessDenied' : 'AccessDeniedException',
    `User: arn:aws:sts::111122223333:assumed-role/rolecall-collector/rolecall-collect is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
  );

export interface LoopbackAws {
  readonly endpoint: string;
  /** Requests that came, by action; nobody else counts them. */
  readonly came: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

/** Reads one account in one region through its collector role, as a snapshot does. */
export function collectThrough({ endpoint }: LoopbackAws, externalId?: string): ReturnType<typeof collectAccount> {
  process.env.AWS_ENDPOINT_URL = endpoint;
  const caller = async () => ({ accessKeyId: 'CALLER', secretAccessKey: 'not-a-secret' });
  const source = liveSource({ caller, homeRegion: region, roleName: 'rolecall-collector', externalId });
  return collectAccount(source, accountRow(), [region], never);
}

/** A server on this machine in place of AWS. */
export async function loopbackAws(answer: (asked: Asked) => Answer): Promise<LoopbackAws> {
  const came = new Map<string, number>();
  const server = await listening(async (incoming, outgoing) => {
    try {
      const asked = await askedBy(incoming);
      came.set(asked.action, (came.get(asked.action) ?? 0) + 1);
      send(outgoing, asked.isQuery, answer(asked));
    } catch (error) {
      send(outgoing, false, new Refusal(400, 'ValidationException', String(error)));
    }
  });
  return { ...server, came };
}

function send(outgoing: ServerResponse, isQuery: boolean, given: Answer): void {
  if (!(given instanceof Refusal)) {
    outgoing.end(typeof given === 'string' ? given : JSON.stringify(given));
    return;
  }
  const { status, code, message } = given;
  const xml = `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  outgoing.writeHead(status, { 'x-amzn-errortype': code });
  outgoing.end(isQuery ? xml : JSON.stringify({ message }));
}
