import type { AwsCredentialIdentityProvider, MiddlewareStack, Provider } from '@smithy/types';
import type { Session } from '../listing.ts';
import { type CallCounts, callKey, GLOBAL, type Region } from '../source.ts';
import type { MakeClient } from './clients.ts';
import type { Costs } from './costs.ts';
import { asNotReadable, isNotFound } from './errors.ts';
import { accountRates, pageGuard, type ServiceLimits } from './requests.ts';

export interface SessionOptions {
  readonly accountId: string;
  readonly credentials: AwsCredentialIdentityProvider;
  /** Region in which account-wide services are called. */
  readonly homeRegion: Region;
  readonly limits: ServiceLimits;
  readonly makeClient: MakeClient;
  /** Counts what the run costs, over all accounts. */
  readonly costs: Costs;
  /** Answers that are the same in all accounts of the run. */
  readonly shared: Map<string, Promise<unknown>>;
  readonly signal: AbortSignal;
}

/** What every SDK client has, whichever service it is for. */
interface SdkClient {
  readonly config: { readonly serviceId: string; readonly region: Provider<string> };
  readonly middlewareStack: MiddlewareStack<object, object>;
}

/** Name of a service in IAM actions; the SDK's own names differ for some. */
const prefixes: Readonly<Record<string, string>> = {
  'Resource Groups Tagging API': 'tag',
  'Lambda Microvms': 'lambda',
};

/** IAM prefix of the service that a client calls, such as `lambda`. */
const servicePrefix = (serviceId: string): string => prefixes[serviceId] ?? serviceId.toLowerCase();

export interface OpenSession extends Session {
  readonly calls: CallCounts;
}

/** Clients of one account, one per service and region: bounded, retried, counted. */
export function openSession(options: SessionOptions): OpenSession {
  const calls = new Map<string, number>();
  const clients = new Map<string, unknown>();
  const rates = accountRates();

  const watch = (client: SdkClient, region: Region): void => {
    const service = servicePrefix(client.config.serviceId);
    const refuseLoops = pageGuard();
    client.middlewareStack.add(
      (next, context) => (args) => {
        const action = `${service}:${actionOf(context.commandName)}`;
        refuseLoops(action, args.input);
        options.costs.request();
        return next(args).catch((error: unknown) => {
          // That something is not there is an answer; only who asked knows what it means.
          throw isNotFound(error) ? error : asNotReadable(error, `${action} in ${region}`);
        });
      },
      { step: 'initialize', name: 'rolecallPages' },
    );
    // After the retries in the stack, so that every attempt is counted, bounded and kept to the rate.
    client.middlewareStack.add(
      (next, context) => async (args) => {
        await rates(service, region);
        return options.limits(service)(() => {
          options.signal.throwIfAborted();
          const key = callKey(region, `${service}:${actionOf(context.commandName)}`);
          calls.set(key, (calls.get(key) ?? 0) + 1);
          options.costs.attempt(service);
          return next(args);
        });
      },
      { step: 'finalizeRequest', priority: 'low', name: 'rolecallAttempts' },
    );
  };

  return {
    accountId: options.accountId,
    calls,
    once<T>(key: string, ask: () => Promise<T>): Promise<T> {
      const known = options.shared.get(key);
      if (known !== undefined) return known as Promise<T>;
      const asked = ask();
      options.shared.set(key, asked);
      asked.catch(() => options.shared.delete(key));
      return asked;
    },
    client<C>(Client: new (config: object) => C, region: Region): C {
      const key = `${Client.name} ${region}`;
      const known = clients.get(key);
      if (known !== undefined) return known as C;
      const client = options.makeClient(Client, {
        region: region === GLOBAL ? options.homeRegion : region,
        credentials: options.credentials,
      });
      watch(client as unknown as SdkClient, region);
      clients.set(key, client);
      return client;
    },
  };
}

/** `ListFunctionsCommand` → `ListFunctions`. */
const actionOf = (commandName: string | undefined): string => (commandName ?? 'unknown').replace(/Command$/, '');
