import type { Organization } from './organization/model.ts';
import { organization } from './organization.ts';
import type { Week } from './story/chapter.ts';
import { chapters } from './story/chapters.ts';

/** The organization as it stood on that Monday: all changes up to then, in the order of their dates. */
export function organizationAt(date: Week): Organization {
  const standing = organization();
  const changes = chapters.flatMap((chapter) => chapter.changes ?? []).filter((change) => change.date <= date);
  for (const change of changes.toSorted((a, b) => a.date.localeCompare(b.date))) change.apply(standing);
  return standing;
}

/** Names of accounts of which nothing was exported that Monday: out of reach, or suspended. */
export function unreadAccounts(standing: Organization, date: Week): ReadonlySet<string> {
  const suspended = standing.accounts.filter((account) => account.state === 'SUSPENDED');
  const unread = unreadOn(date).filter((each) => each.region === undefined);
  return new Set([...suspended.map((account) => account.name), ...unread.map((each) => each.account)]);
}

/** Whether listing functions was denied there that Monday. */
export const isDenied = (account: string, region: string, date: Week): boolean =>
  unreadOn(date).some((each) => each.account === account && each.region === region);

const unreadOn = (date: Week) =>
  chapters.flatMap((chapter) => chapter.unread ?? []).filter((each) => each.date === date);
