import { describe, expect, it } from 'vitest';
import type { Found } from '../../collectors/found.ts';
import type { Session } from '../../collectors/listing.ts';
import { coverageOf, everythingOf, read } from '../../collectors/reading.ts';
import { authorizationDetails } from '../../collectors/resources/authorization_details.ts';
import type { AccountReader } from '../../collectors/source.ts';
import { accountId, never, roleArn } from './folder.ts';
import { bodyOf, session } from './recorded.ts';

const boundary = `arn:aws:iam::${accountId}:policy/boundary`;
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const own = `arn:aws:iam::${accountId}:policy/own`;

const attached = (...arns: readonly string[]): string =>
  `<AttachedManagedPolicies>${arns.map((arn) => `<member><PolicyName>p</PolicyName><PolicyArn>${arn}</PolicyArn></member>`).join('')}</AttachedManagedPolicies>`;

const role = (name: string, inside: string): string =>
  `<member><Path>/</Path><RoleName>${name}</RoleName><RoleId>AROA</RoleId><Arn>${roleArn(name)}</Arn>${inside}</member>`;

const listing = `<GetAccountAuthorizationDetailsResponse><GetAccountAuthorizationDetailsResult>
  <RoleDetailList>
    ${role('one', attached(own, readOnly))}
    ${role('two', `${attached(readOnly)}<PermissionsBoundary><PermissionsBoundaryArn>${boundary}</PermissionsBoundaryArn></PermissionsBoundary>`)}
  </RoleDetailList>
  <Policies><member><Arn>${own}</Arn><PolicyName>own</PolicyName><DefaultVersionId>v1</DefaultVersionId>
    <PolicyVersionList><member><VersionId>v1</VersionId><IsDefaultVersion>true</IsDefaultVersion><Document>%7B%7D</Document></member></PolicyVersionList>
  </member></Policies></GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>`;

function iam(body: string): string | { error: string } {
  const arn = new URLSearchParams(body).get('PolicyArn');
  if (body.includes('GetAccountAuthorizationDetails')) return listing;
  if (body.includes('GetPolicyVersion'))
    return `<GetPolicyVersionResponse><GetPolicyVersionResult><PolicyVersion><VersionId>v7</VersionId>
      <Document>%7B%22Statement%22%3A%5B%5D%7D</Document></PolicyVersion></GetPolicyVersionResult></GetPolicyVersionResponse>`;
  return `<GetPolicyResponse><GetPolicyResult><Policy><Arn>${arn}</Arn><DefaultVersionId>v7</DefaultVersionId></Policy></GetPolicyResult></GetPolicyResponse>`;
}

function recorded(answer: (body: string) => string | { error: string } = iam) {
  const asked: string[] = [];
  const { session: of } = session((request) => {
    const parameters = new URLSearchParams(bodyOf(request));
    asked.push([parameters.get('Action'), parameters.get('PolicyArn')].filter(Boolean).join(' '));
    return answer(bodyOf(request));
  });
  return { of, asked };
}

async function found(of: Session): Promise<readonly Found[]> {
  const pages: Found[] = [];
  for await (const page of authorizationDetails.live(of, { accountId, region: 'global', functions: [] })) {
    pages.push(page);
  }
  return pages;
}

describe('A1 policies that are attached, or a boundary, and that the listing leaves out', () => {
  it('are asked for once each, however many have them; those that are listed are not', async () => {
    const { of, asked } = recorded();

    await found(of);

    expect(asked).toEqual([
      'GetAccountAuthorizationDetails',
      `GetPolicy ${boundary}`,
      `GetPolicyVersion ${boundary}`,
      `GetPolicy ${readOnly}`,
      `GetPolicyVersion ${readOnly}`,
    ]);
  });

  it('stand beside the others, with their default version', async () => {
    const policies = (await found(recorded().of)).flatMap((page) => page.policies ?? []);

    expect(policies.map((row) => [row.account_id, row.policy_id, row.version_id, row.is_default])).toEqual([
      [accountId, own, 'v1', true],
      [accountId, boundary, 'v7', true],
      ['aws', readOnly, 'v7', true],
    ]);
  });

  it.each([
    { error: 'AccessDenied', status: 'denied', says: /boundary was not read: iam:GetPolicy is denied/ },
    { error: 'NoSuchEntity', status: 'error', says: /boundary was not read: iam:GetPolicy failed/ },
  ])('that cannot be read ($error) are a gap of the policies, and the rest is read', async (given) => {
    const { of } = recorded((body) => (body.includes('Action=GetPolicy&') ? { error: given.error } : iam(body)));
    const reader: AccountReader = { coverage: [], calls: null, read: (one, place) => one.live(of, place) };

    const reading = await read(reader, authorizationDetails, { accountId, region: 'global', functions: [] }, never);

    expect(coverageOf([reading])).toMatchObject([
      { resource: 'roles', status: 'ok', rows: 2 },
      { resource: 'users', status: 'ok' },
      { resource: 'groups', status: 'ok' },
      { resource: 'policies', status: given.status, rows: 0, message: expect.stringMatching(given.says) },
    ]);
    expect(everythingOf([reading]).policies.map(({ policy_id }) => policy_id)).toEqual([own]);
  });
});
