import { accountNamed, functionNamed, roleNamed } from '../find.ts';
import { administratorAccess, lambdaBasicExecution } from '../organization/aws_managed_policies.ts';
import { allow, document, trustService } from '../organization/documents.ts';
import { executionBoundary } from '../organization/execution_boundary.ts';
import { addRole } from '../organization/identities.ts';
import type { Account, Organization } from '../organization/model.ts';
import { sharedAdminName } from '../organization/powerful_roles.ts';
import type { Change, Week } from './chapter.ts';

export type Named = readonly [name: string, region: string];

const [west, us] = ['eu-west-1', 'us-east-1'] as const;

/** Functions that are moved onto the shared admin role, because that makes the error go away. */
export const joining: Partial<Record<Week, readonly Named[]>> = {
  '2026-10-19': [
    ['content-page-worker', west],
    ['catalog-image-worker', west],
  ],
  '2026-10-26': [
    ['search-index-worker', west],
    ['checkout-receipt-worker', west],
    ['accounts-avatar-worker', west],
  ],
  '2026-11-02': [['checkout-cart-api', us]],
};

/** Functions that get roles of their own again. */
export const leaving: Partial<Record<Week, readonly Named[]>> = {
  '2026-11-09': [
    ['checkout-cart-api', us],
    ['checkout-receipt-worker', west],
    ['search-index-worker', west],
    ['accounts-avatar-worker', west],
  ],
  '2026-11-16': [
    ['content-page-worker', west],
    ['catalog-image-worker', west],
    ['storefront-cache-warmer', west],
    ['storefront-sitemap-builder', west],
  ],
};

export const place = (standing: Organization): Account => accountNamed(standing, 'storefront-production');
export const sharedAdmin = (standing: Organization): string => roleNamed(place(standing), sharedAdminName).arn;

function join(standing: Organization, names: readonly Named[], date: Week): void {
  for (const [name, region] of names) moveTo(standing, [name, region], sharedAdmin(standing), date);
}

/** The way back: a role of its own by the naming rule, a narrow policy, a boundary, a trust with aws:SourceAccount. */
function leave(standing: Organization, names: readonly Named[], date: Week): void {
  const account = place(standing);
  for (const [name, region] of names) {
    const own = addRole(account, `lambda-${name}-role`, trustOfAccount(account), {
      inline: { 'least-privilege': document(allow('s3:GetObject', `arn:aws:s3:::brightaisle-${name}/*`)) },
      attached: [lambdaBasicExecution],
      boundary: executionBoundary(account),
      tags: { team: 'storefront', environment: 'production' },
    });
    moveTo(standing, [name, region], own.arn, date);
  }
}

const trustOfAccount = (account: Account) =>
  trustService('lambda', { StringEquals: { 'aws:SourceAccount': account.id } });

function moveTo(standing: Organization, [name, region]: Named, role: string, date: Week): void {
  const moved = functionNamed(place(standing), name, region);
  moved.role = role;
  moved.lastModified = `${date}T04:10:00.000Z`;
}

/** One function is left on it, which needs no AdministratorAccess. */
function detachAdmin(standing: Organization): void {
  const { attached } = roleNamed(place(standing), sharedAdminName);
  attached.splice(attached.indexOf(administratorAccess), 1);
}

export const dates = (of: typeof joining): Week[] => Object.keys(of) as Week[];

export const changes: readonly Change[] = [
  ...dates(joining).map((date) => ({ date, apply: (all: Organization) => join(all, joining[date]!, date) })),
  ...dates(leaving).map((date) => ({ date, apply: (all: Organization) => leave(all, leaving[date]!, date) })),
  { date: '2026-11-16', apply: detachAdmin },
];
