import { collectAccount } from '../../collectors/account.ts';
import { liveSource } from '../../collectors/live/source.ts';
import { externalId, homeRegion, type LiveOrganization } from './live_organization.ts';

/** Reads one account in the home region through the collector role, as a snapshot does. */
export function collectLive(
  { operator }: Pick<LiveOrganization, 'operator'>,
  accountId: string,
): ReturnType<typeof collectAccount> {
  const source = liveSource({
    caller: async () => operator,
    homeRegion,
    roleName: 'rolecall-collector',
    externalId,
  });
  const account = {
    account_id: accountId,
    name: null,
    state: 'ACTIVE',
    ou_id: null,
    ou_path: null,
    is_management: false,
    team: null,
    tags: '{}',
    organization_id: null,
    organization_path: null,
  };
  return collectAccount(source, account, [homeRegion], new AbortController().signal);
}
