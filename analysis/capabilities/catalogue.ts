import type { Capability } from './capability.ts';
import { changingIam } from './changing_iam.ts';
import { passingRoles } from './passing_roles.ts';
import { sensitive } from './sensitive.ts';
import { usingWorkloads } from './using_workloads.ts';

/** Everything that is looked for, by name once. */
export const catalogue: readonly Capability[] = [...sensitive, ...changingIam, ...passingRoles, ...usingWorkloads];
