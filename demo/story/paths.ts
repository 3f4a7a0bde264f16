import { accountNamed, roleNamed } from '../find.ts';
import { outsideAccount } from '../organization/accounts.ts';
import { agencyFunction } from '../organization/function_control.ts';
import type { Account, Organization } from '../organization/model.ts';
import type { Chapter, PartOfRow, PlantedEvent } from './chapter.ts';

const lastWeek = '2026-11-16';
const firstWeek = '2026-10-12';

const userArn = (account: Account, name: string): string => account.users.find((user) => user.name === name)!.arn;

const asked = (what: string, question: string, expected: readonly PartOfRow[], date: PlantedEvent['date'] = lastWeek) =>
  ({ date, what, question, parameters: { snapshot: date }, expected }) as const;

/** Who reaches which role, by functions or by assuming it; nobody changes it in six weeks. */
export const paths: Chapter = {
  events: (at) => [...byFunctions(at(lastWeek)), ...byTrust(at(lastWeek)), ...byOpenTrust(at(firstWeek))],
};

function byFunctions(standing: Organization): PlantedEvent[] {
  const storefront = accountNamed(standing, 'storefront-production');
  const data = accountNamed(standing, 'data-production');
  const create = 'CreateFunction + PassRole';
  return [
    asked(
      'A developer may create functions, and PassRole is denied: the path is cut there.',
      'workload_identity_paths',
      [
        {
          principal_arn: userArn(storefront, 'ada.meyer'),
          method: create,
          verdict: 'path_reduced',
          missing_step: 'iam:PassRole',
        },
      ],
    ),
    asked(
      'Someone who may pass any role becomes admin by a new function, in the regions that are allowed.',
      'workload_identity_paths',
      [
        {
          principal_arn: userArn(data, 'function.creator'),
          method: create,
          verdict: 'risk_possible',
          gained: ['admin'],
        },
      ],
    ),
    asked('An operator may open a shell in MicroVMs that read secrets.', 'workload_identity_paths', [
      {
        principal_arn: userArn(data, 'microvm.operator'),
        method: 'CreateMicrovmShellAuthToken',
        role_arn: roleNamed(data, 'microvm-execution-role').arn,
      },
    ]),
    asked('An agency outside may change the code of a function that reads secrets.', 'workload_identity_paths', [
      {
        principal_arn: outsideAccount,
        method: 'UpdateFunctionCode',
        role_arn: roleNamed(data, `${agencyFunction}-role`).arn,
        verdict: 'risk_possible',
        gained: ['read_secrets'],
      },
    ]),
    asked('Developers by permission set reach roles in several accounts.', 'blast_radius', [
      { principal: 'permission set Developer' },
    ]),
  ];
}

function byTrust(standing: Organization): PlantedEvent[] {
  const data = accountNamed(standing, 'data-production');
  const preview = roleNamed(accountNamed(standing, 'storefront-staging'), 'github-preview');
  const outside = { trusted_kind: 'account', is_outside_org: true };
  const [hop, writer] = [
    roleNamed(accountNamed(standing, 'shared-services'), 'settlement-hop-role').arn,
    roleNamed(accountNamed(standing, 'payments-production'), 'settlement-writer').arn,
  ];
  return [
    asked('A partner must know an external id, an agency need not.', 'cross_account_trust', [
      { role_arn: roleNamed(data, 'partner-loader').arn, ...outside, has_external_id: true, problem: null },
      { role_arn: roleNamed(data, 'agency-reader').arn, ...outside, has_external_id: false, problem: 'no_external_id' },
    ]),
    asked('A pipeline trusts every repository on GitHub.', 'cross_account_trust', [
      { role_arn: preview.arn, trusted_kind: 'federated', problem: 'no_subject' },
    ]),
    asked('A function’s role leads to a role in another account.', 'assume_role_chains', [
      { principal_arn: hop, role_arn: writer, hops: 1, accounts: 2, path: [hop, writer] },
    ]),
  ];
}

function byOpenTrust(standing: Organization): PlantedEvent[] {
  const sandbox = accountNamed(standing, 'sandbox');
  return [
    {
      ...asked(
        'One role may be assumed by anyone, another only looks so.',
        'cross_account_trust',
        [{ role_arn: roleNamed(sandbox, 'anyone-may-try').arn, problem: 'wildcard' }],
        firstWeek,
      ),
      absent: [{ role_arn: roleNamed(sandbox, 'anyone-of-ours').arn, problem: 'wildcard' }],
    },
  ];
}
