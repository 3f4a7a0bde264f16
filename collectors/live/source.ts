import { setMaxListeners } from 'node:events';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { NothingReadError } from '../../errors.ts';
import type { Found } from '../found.ts';
import type { Listing, Place } from '../listing.ts';
import { type OrganizationReader, organizationPlan } from '../organization_plan.ts';
import {
  type AccountReader,
  type AccountRow,
  GLOBAL,
  NotReadable,
  type Plan,
  type Region,
  type Scope,
  type Source,
} from '../source.ts';
import { clientMaker } from './clients.ts';
import { connections } from './connections.ts';
import { type RunCosts, runCosts } from './costs.ts';
import { assumedRole } from './credentials.ts';
import { asNotReadable } from './errors.ts';
import { liveOrganization, withRequests } from './organization.ts';
import { type Regions, regionsOfOpened, regionsOfScope } from './regions.ts';
import { serviceLimits } from './requests.ts';
import { type OpenSession, openSession } from './session.ts';
import { orAborted, untilAborted } from './until_aborted.ts';

export interface LiveOptions {
  /** Who calls: the default chain of the SDK, or a profile. */
  readonly caller: AwsCredentialIdentityProvider;
  readonly homeRegion: Region;
  /** Role to assume in each account; null reads the caller's own account with the caller's own rights. */
  readonly roleName: string | null;
  readonly externalId: string | undefined;
}

/** Whose credentials the caller has. */
interface Identity {
  readonly accountId: string;
  readonly partition: string;
}

async function identify(sts: STSClient): Promise<Identity> {
  const { Account = '', Arn = '' } = await sts.send(new GetCallerIdentityCommand({})).catch((error: unknown) => {
    const reason = asNotReadable(error, 'sts:GetCallerIdentity');
    if (reason.status !== 'region_disabled') throw reason;
    const message = 'AWS does not accept the credentials of the caller; choose others with --profile, or renew them';
    throw new NotReadable('denied', message, reason.code, { cause: reason });
  });
  return { accountId: Account, partition: Arn.split(':')[1] ?? 'aws' };
}

/** @throws NotReadable for whatever a listing meets; that its subject is gone meanwhile is no fault of rolecall. */
async function* readEnabled(
  session: OpenSession,
  regions: Regions | null,
  listing: Listing,
  place: Place,
): AsyncIterable<Found> {
  // Without the list, each region is asked and says itself that it is not enabled.
  const known = regions?.get(place.region);
  if (place.region !== GLOBAL && known === false) {
    throw new NotReadable('region_disabled', `${place.region} is not enabled in the account`);
  }
  try {
    yield* listing.live(session, place);
  } catch (error) {
    throw inRegion(known, asNotReadable(error, `${listing.actions[0]} in ${place.region}`));
  }
}

/** Credentials that an enabled region refuses are not valid any more: nothing is known of the region then. */
const inRegion = (enabled: boolean | undefined, reason: NotReadable): NotReadable =>
  enabled && reason.status === 'region_disabled'
    ? new NotReadable('error', 'the credentials are not valid any more', reason.code, { cause: reason })
    : reason;

/** An account that is closed or suspended cannot be read. */
const active: ReadonlySet<string | null> = new Set(['ACTIVE', null]);

/** AWS gives the same error for a role that is not there and for one that refuses. */
const notAssumed = (roleArn: string, reason: NotReadable): NotReadable =>
  reason.status === 'denied'
    ? new NotReadable(
        'role_missing',
        `${roleArn} could not be assumed: it is missing, or its trust policy refuses (check its ExternalId and whom it trusts), or the caller may not sts:AssumeRole it`,
        reason.code,
        { cause: reason },
      )
    : reason;

export interface LiveSource extends Source {
  /** What the run has cost so far. */
  costs(): RunCosts;
}

/**
 * An organization read from AWS: its accounts from Organizations, each account through the collector role.
 * Without a role name it is the caller's own account alone.
 */
export function liveSource(options: LiveOptions): LiveSource {
  const limits = serviceLimits();
  const shared = new Map<string, Promise<unknown>>();
  let identity: Promise<Identity> | undefined;
  const { handler, received } = connections();
  const costs = runCosts(received);
  const makeClient = clientMaker(handler);
  const sessionOf = (accountId: string, credentials: AwsCredentialIdentityProvider, signal: AbortSignal): OpenSession =>
    openSession({
      accountId,
      credentials,
      homeRegion: options.homeRegion,
      limits,
      makeClient,
      costs,
      shared,
      signal,
    });
  const stsOf = (signal: AbortSignal): STSClient =>
    sessionOf('', options.caller, signal).client(STSClient, options.homeRegion);
  const whoCalls = (signal: AbortSignal): Promise<Identity> => {
    identity ??= identify(stsOf(signal));
    return identity;
  };

  async function planOf(scope: Scope, signal: AbortSignal): Promise<Plan> {
    const { accountId } = await whoCalls(signal);
    const session = sessionOf(accountId, options.caller, signal);
    const alone = options.roleName === null;
    const named = scope.accounts.length > 0;
    const known = (named ? scope.accounts : [accountId]).map((id) => ({ id, arn: null, name: null, state: null }));
    const organization = alone ? withoutOrganization() : liveOrganization(session);
    const reader = alone || named ? organization : whole(organization);
    const { listed: _, ...planned } = await organizationPlan(reader, known, scope);
    const coverage = withRequests(planned.coverage, session.calls);
    return { ...planned, coverage, regions: await regionsOfScope(session, scope) };
  }

  async function credentialsOf(caller: OpenSession, signal: AbortSignal): Promise<AwsCredentialIdentityProvider> {
    if (options.roleName === null) return options.caller;
    const { partition } = await whoCalls(signal);
    const roleArn = `arn:${partition}:iam::${caller.accountId}:role/${options.roleName}`;
    const sts = caller.client(STSClient, options.homeRegion);
    const credentials = assumedRole({ roleArn, externalId: options.externalId, sts });
    await credentials().catch((error: unknown) => {
      throw notAssumed(roleArn, asNotReadable(error, 'sts:AssumeRole'));
    });
    return credentials;
  }

  async function opened({ account_id, state }: AccountRow, signal: AbortSignal): Promise<AccountReader> {
    if (!active.has(state))
      throw new NotReadable('account_inactive', `the account is ${state}; it was not read`, state);
    const startedAt = performance.now();
    const caller = sessionOf(account_id, options.caller, signal);
    const session = sessionOf(account_id, await credentialsOf(caller, signal), signal);
    const { regions, coverage } = await regionsOfOpened(session, caller, startedAt);
    return {
      coverage: [coverage],
      calls: session.calls,
      read: (listing, place) => untilAborted(readEnabled(session, regions, listing, place), signal),
    };
  }

  // Many requests wait at a time, and each for the same signal.
  const heard = (signal: AbortSignal): AbortSignal => {
    setMaxListeners(0, signal);
    return signal;
  };
  return {
    plan: (scope, signal) => orAborted(planOf(scope, signal), heard(signal)),
    open: (account, signal) => orAborted(opened(account, signal), heard(signal)),
    costs: costs.total,
  };
}

/**
 * The organization, for a run that is to read all of it: one that cannot list the accounts must not begin, for what it
 * could read would be published as the organization.
 */
const whole = (reader: OrganizationReader): OrganizationReader => ({
  ...reader,
  accounts: () =>
    reader.accounts().catch((error: unknown) => {
      if (!(error instanceof NotReadable)) throw error;
      throw new NothingReadError(
        `The accounts of the organization could not be listed: ${error.message}. Call from the management account or a delegated administrator, name accounts with --accounts, or read the caller's own with --single-account`,
        { cause: error },
      );
    }),
});

const withoutOrganization = (): OrganizationReader => {
  const skipped = async (): Promise<never> => {
    throw new NotReadable('not_provided', 'the organization was not asked: a single account was named');
  };
  return { accounts: skipped, tree: skipped, policies: skipped, tags: async () => new Map() };
};
