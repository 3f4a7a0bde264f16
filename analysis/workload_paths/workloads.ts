import type { InventoriedRole } from '../capabilities/inventory.ts';
import { rolesByService } from '../capabilities/inventory.ts';
import type { CollectedFunction } from '../collected.ts';
import type { Kind } from './methods.ts';

/** Something that runs, or can run, as a role. */
export interface Workload {
  /** What a policy must name. */
  readonly arn: string;
  readonly roleArn: string;
  /** What is shown of it; empty when nothing runs yet. */
  readonly name: string;
  /** False when nobody can tell whether it runs as the role. */
  readonly sure: boolean;
}

/** Workloads of an account by kind, and roles that can be passed; each sorted by ARN. */
export type Workloads = Readonly<Record<Kind | 'roles', readonly Workload[]>>;

export function workloadsIn(found: readonly CollectedFunction[], roles: readonly InventoriedRole[]): Workloads {
  const running = found.flatMap((one) => (one.role_arn === null ? [] : [{ ...one, role_arn: one.role_arn }]));
  const functions = running.filter(({ kind }) => kind === 'event_function');
  const unsigned = functions.filter(({ code_signing_enforced }) => code_signing_enforced !== true);
  const images = found.filter(({ kind }) => kind === 'microvm_image');
  const microvms = running.filter(({ kind }) => kind === 'microvm');
  const trusting = rolesByService(roles.filter(({ isServiceLinked }) => !isServiceLinked));
  const passable = ['lambda.amazonaws.com', '*'].flatMap((service) => trusting.get(service) ?? []);
  return {
    code: sorted(unsigned.map(workload)),
    signed_code: sorted(functions.filter((one) => !unsigned.includes(one)).map(workload)),
    layers: sorted(unsigned.filter(({ package_type }) => package_type !== 'Image').map(workload)),
    functions: sorted(functions.map(workload)),
    images: sorted(running.filter(({ kind }) => kind === 'microvm_image').map(workload)),
    microvms: sorted([...microvms.map(workload), ...microvms.flatMap((one) => byImage(one, images))]),
    roles: sorted([...new Set(passable)].map(({ arn }) => ({ arn, roleArn: arn, name: '', sure: true }))),
  };
}

type Running = CollectedFunction & { readonly role_arn: string };

const workload = ({ function_arn, role_arn }: Running): Workload => ({
  arn: function_arn,
  roleArn: role_arn,
  name: function_arn,
  sure: true,
});

/** The shell of a MicroVM is granted by its image, and which image that is no listing tells. */
function byImage(one: Running, images: readonly CollectedFunction[]): readonly Workload[] {
  return images.map(({ function_arn }) => ({ ...workload(one), arn: function_arn, sure: false }));
}

function sorted(workloads: readonly Workload[]): readonly Workload[] {
  return workloads.toSorted((a, b) => (a.arn < b.arn ? -1 : Number(a.arn > b.arn)));
}
