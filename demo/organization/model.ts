import type { Document } from './documents.ts';

/** Tags as key and value. */
export type Tags = Record<string, string>;

/** The demo organization as it stands in one week; changes of the story edit it in place. */
export interface Organization {
  readonly id: string;
  readonly rootId: string;
  readonly units: readonly Unit[];
  readonly accounts: readonly Account[];
  readonly controlPolicies: readonly ControlPolicy[];
}

export interface Unit {
  readonly id: string;
  readonly name: string;
  /** The root or the unit above. */
  readonly parent: string;
}

export interface ControlPolicy {
  readonly id: string;
  readonly name: string;
  readonly type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';
  readonly awsManaged: boolean;
  /** Ids of root, units and accounts. */
  readonly targets: string[];
  document: Document;
}

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly isManagement: boolean;
  readonly tags: Tags;
  /** The root or unit that holds it. */
  unit: string;
  state: 'ACTIVE' | 'SUSPENDED';
  readonly roles: Role[];
  readonly users: User[];
  readonly groups: Group[];
  readonly policies: ManagedPolicy[];
  readonly functions: LambdaFunction[];
  readonly microvmImages: MicrovmImage[];
  readonly microvms: Microvm[];
  readonly capacityProviders: CapacityProvider[];
}

interface Identity {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  readonly id: string;
  readonly createdAt: string;
  /** By name; text instead of a document is printed as it is (URL-encoded). */
  readonly inline: Record<string, Document | string>;
  /** ARNs of managed policies. */
  readonly attached: string[];
}

export interface Role extends Identity {
  trust: Document;
  boundary: string | null;
  readonly tags: Tags;
  /** `weekly`: shortly before each export; else a moment, or never. */
  readonly lastUsed: 'weekly' | string | null;
}

export interface User extends Identity {
  readonly boundary: string | null;
  readonly tags: Tags;
  readonly groups: readonly string[];
}

export type Group = Identity;

export interface ManagedPolicy {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  readonly id: string;
  /** Oldest first; the last one is in force unless `defaultVersion` says otherwise. */
  readonly versions: { readonly createdAt: string; readonly document: Document }[];
  readonly defaultVersion?: number;
}

export interface LambdaFunction {
  readonly name: string;
  readonly region: string;
  readonly arn: string;
  role: string;
  lastModified: string;
  /** null: a container image. */
  readonly runtime: string | null;
  readonly memory: number;
  readonly timeout: number;
  readonly tags: Tags;
  /** Names only: the values in the exports are canaries. null: AWS could not decrypt them. */
  environment: readonly string[] | null;
  kmsKey: string | null;
  inVpc: boolean;
  readonly layers: string[];
  /** Published versions, from 1; each keeps the role it was published with. */
  readonly versions: { readonly role: string }[];
  /** Version number by alias name. */
  readonly aliases: Record<string, string>;
  /** Resource policies by qualifier; '' is the function itself. */
  readonly policies: Record<string, Document>;
  /** Auth types by qualifier; '' is the function itself. */
  readonly urls: Record<string, 'NONE' | 'AWS_IAM'>;
  /** ARNs of queues and streams. */
  readonly eventSources: string[];
}

export interface MicrovmImage {
  readonly name: string;
  readonly region: string;
  readonly arn: string;
  readonly buildRole: string;
  readonly environment: readonly string[];
  readonly createdAt: string;
  readonly tags: Tags;
}

export interface Microvm {
  readonly id: string;
  readonly region: string;
  readonly image: string;
  /** null: runs without an execution role. */
  readonly role: string | null;
  readonly startedAt: string;
}

/** Instances that Lambda runs functions on, with the role it manages them with. */
export interface CapacityProvider {
  readonly name: string;
  readonly region: string;
  readonly arn: string;
  readonly operatorRole: string;
}
