import { accountNamed, functionNamed, roleNamed } from '../find.ts';
import type { Organization } from '../organization/model.ts';
import type { Chapter, PartOfRow } from './chapter.ts';

const lastWeek = '2026-11-16';
const parameters = { snapshot: lastWeek };

const edge = (standing: Organization, names: readonly string[]): PartOfRow[] =>
  names.map((name) => ({
    function_arn: functionNamed(accountNamed(standing, 'data-production'), `edge-${name}`).arn,
  }));

/** Names of variables that sound like secrets, by the function or image that has them. */
function secretNames(standing: Organization): PartOfRow[] {
  const read = standing.accounts.filter((account) => account.state === 'ACTIVE');
  return read
    .flatMap((account) => [...account.functions, ...account.microvmImages])
    .flatMap(({ arn, environment }) => (environment ?? []).map((name) => ({ function_arn: arn, name })))
    .filter(({ name }) => /PASSWORD|SECRET|TOKEN|API_KEY/.test(name));
}

/** What nobody changes in six weeks, and what only looks as if it were so. */
export const standingFacts: Chapter = {
  events(at) {
    const standing = at(lastWeek);
    const released = roleNamed(accountNamed(standing, 'storefront-production'), 'release-notes-old-role').arn;
    return [
      {
        date: lastWeek,
        what: 'Forms and a webhook are open to anyone; others have a URL or a policy that does not let everybody in.',
        question: 'public_functions',
        parameters,
        expected: edge(standing, ['landing-form', 'former-form', 'open-webhook']),
        absent: edge(standing, ['half-open-form', 'unwired-form', 'partner-hook', 'ours-only', 'any-topic-listener']),
      },
      {
        date: lastWeek,
        what: 'Passwords, tokens and keys stand in environment variables.',
        question: 'environment_secret_names',
        parameters,
        expected: secretNames(standing),
      },
      {
        date: lastWeek,
        what: 'Nobody owns an alert router without tags.',
        question: 'unowned_roles',
        parameters,
        expected: [{ role_arn: roleNamed(accountNamed(standing, 'security-and-logs'), 'alert-router-role').arn }],
      },
      {
        date: lastWeek,
        what: 'A role that only a published version uses is not dormant.',
        question: 'dormant_roles',
        parameters,
        expected: [],
        absent: [{ role_arn: released }],
      },
    ];
  },
};
