import { Readable } from 'node:stream';
import type { Session } from '../../collectors/listing.ts';
import { accountId, region } from './folder.ts';

interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** What was asked, as text. */
export const bodyOf = ({ body = '' }: Request): string =>
  typeof body === 'string' ? body : new TextDecoder().decode(body);

/** What AWS would answer: JSON, XML text, or the code of an error. */
type Answer = object | string | { readonly error: string };

/** IAM reads the code of an error from its XML, the others from the header. */
const errorXml = (code = ''): string => `<ErrorResponse><Error><Code>${code}</Code></Error></ErrorResponse>`;

/** A session whose clients are the real ones; only the wire is answered here, as AWS was recorded to answer. */
export function session(answer: (request: Request) => Answer): { session: Session; asked: string[] } {
  const asked: string[] = [];
  const handle = async (request: Request) => {
    const query = Object.entries(request.query).map(([key, value]) => `${key}=${value}`);
    asked.push([request.path, ...query.sort()].join(' '));
    const given = answer(request);
    const error = typeof given === 'object' && 'error' in given ? String(given.error) : undefined;
    const isXml = request.headers['content-type'] === 'application/x-www-form-urlencoded';
    const body = typeof given === 'string' ? given : isXml ? errorXml(error) : JSON.stringify(given);
    return {
      response: {
        statusCode: error === undefined ? 200 : 404,
        headers: error === undefined ? {} : { 'x-amzn-errortype': error },
        body: Readable.from([Buffer.from(body)]),
      },
    };
  };
  const options = {
    region,
    credentials: { accessKeyId: 'AKIA', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: { handle },
  };
  return { asked, session: { accountId, client: (Client) => new Client(options), once: (_, ask) => ask() } };
}
