import type { STSClient } from '@aws-sdk/client-sts';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { Region } from '../source.ts';
import { patience } from './requests.ts';

/** Of a client's configuration, what the environment says of its service. */
type FromEnvironment = Pick<
  STSClient['config'],
  | 'authSchemePreference'
  | 'defaultsMode'
  | 'defaultUserAgentProvider'
  | 'useDualstackEndpoint'
  | 'useFipsEndpoint'
  | 'userAgentAppId'
>;

interface Settings {
  readonly given: FromEnvironment;
  readonly endpoint: STSClient['config']['serviceConfiguredEndpoint'];
}

/** What a client without credentials, of no account, finds in the environment. */
function settingsOf(Client: new (config: object) => unknown, region: Region): Settings {
  const { config } = new Client({ region }) as { config: STSClient['config'] };
  const { authSchemePreference, defaultsMode, defaultUserAgentProvider } = config;
  const { useDualstackEndpoint, useFipsEndpoint, userAgentAppId, serviceConfiguredEndpoint } = config;
  return {
    given: {
      authSchemePreference,
      defaultsMode,
      defaultUserAgentProvider,
      useDualstackEndpoint,
      useFipsEndpoint,
      userAgentAppId,
    },
    endpoint: serviceConfiguredEndpoint,
  };
}

/** What tells apart the clients of one service. */
interface Whose {
  readonly region: Region;
  readonly credentials: AwsCredentialIdentityProvider;
}

export type MakeClient = <C>(Client: new (config: object) => C, whose: Whose) => C;

/**
 * Makes the clients of a run. What the environment says of a service is looked up once: the SDK would search variables
 * and files again for every client, which takes as long as two requests. Connections are shared, and nothing else: each
 * client keeps the credentials of its account, and what it learned of that account's throttling.
 */
export function clientMaker(requestHandler: NodeHttpHandler): MakeClient {
  const known = new Map<string, Settings>();
  return (Client, whose) => {
    const settings = known.get(Client.name) ?? settingsOf(Client, whose.region);
    known.set(Client.name, settings);
    // A client asks the same few operations page by page, so it keeps what it makes of its middleware.
    const client = new Client({ ...whose, ...settings.given, ...patience, cacheMiddleware: true, requestHandler });
    // Clients look for an endpoint of their own, whatever their constructors are given.
    Object.assign((client as { config: object }).config, { serviceConfiguredEndpoint: settings.endpoint });
    return client;
  };
}
