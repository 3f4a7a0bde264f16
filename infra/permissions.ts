import { organizationActions } from '../collectors/live/organization.ts';
import { regionsAction } from '../collectors/live/regions.ts';
import { collectorRoleName } from '../stacksets/collector_role.ts';
import type { Configuration } from './configuration.ts';
import type { HandlerName } from './handler_names.ts';
import { databases, type Names } from './names.ts';
import type { Permission } from './role.ts';
import { askAthena, listLake, readCatalog, readFiles, unload, writeCatalog } from './sql_permissions.ts';

const runs = (names: Names): string => `${names.lake.arn}/runs/*`;
const nameOfRun = 'a file is named after its run, which has no name yet';

/** What a step writes; nothing of it can be deleted, only tagged for the lifecycle to expire. */
const writeRuns = (names: Names): Permission => ({
  sid: 'WriteRuns',
  actions: ['s3:PutObject', 's3:PutObjectTagging'],
  resources: [runs(names)],
  wildcard: nameOfRun,
});

/** The lock of the lake: the one object that the pipeline may delete. */
const holdLock = ({ lake }: Names): Permission => ({
  sid: 'HoldTheLock',
  actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
  resources: [`${lake.arn}/lock.json`],
});

/** What publishers tell one another. */
const publishing = ({ lake }: Names): string => `${lake.arn}/publishing.json`;

const notePublishing = (names: Names): Permission => ({
  sid: 'NotePublishing',
  actions: ['s3:GetObject', 's3:PutObject'],
  resources: [publishing(names)],
});

/** Findings that are known and may stay, if somebody has written them down. */
const suppressions = ({ lake }: Names): string => `${lake.arn}/suppressions.json`;

const readSuppressions = (names: Names): Permission => ({
  sid: 'ReadSuppressions',
  actions: ['s3:GetObject'],
  resources: [suppressions(names)],
});

const listOrganization: Permission = {
  sid: 'ListTheOrganization',
  actions: [regionsAction, ...organizationActions],
  resources: ['*'],
  wildcard: 'the lists of an organization, and of the regions of an account, have no resource to name',
};

const becomeCollector = ({ partition }: Names, { organization }: Configuration): Permission => ({
  sid: 'BecomeTheCollector',
  actions: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
  resources: [`arn:${partition}:iam::*:role/${collectorRoleName}`],
  condition: { StringEquals: { 'aws:ResourceOrgID': organization } },
  wildcard:
    'the accounts of an organization come and go; the role has one name in all, and the condition keeps to the organization',
});

const logOf = (names: Names, name: HandlerName): Permission => ({
  sid: 'WriteLog',
  actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  resources: [`${names.arn('logs', `log-group:${names.handlerLog(name)}`)}:*`],
  wildcard: 'Lambda names the streams of the log group',
});

/** Only the step that plans finishes what a publisher that died began, and only the last one publishes. */
const publishTables = (names: Names): readonly Permission[] => [
  ...readCatalog(names, databases.published),
  writeCatalog(names, databases.published),
  notePublishing(names),
];

const stageTables = (names: Names): readonly Permission[] => [
  ...readCatalog(names, databases.staging),
  writeCatalog(names, databases.staging),
];

/** What publishing a snapshot takes: its files, the lock, and the tables. */
const publishSnapshots = (names: Names): readonly Permission[] => [
  ...readFiles(names, [runs(names)], nameOfRun),
  writeRuns(names),
  holdLock(names),
  ...publishTables(names),
];

/** What somebody may do who moves a laptop's snapshots over, unless they are of the demo, and says which findings may stay. */
export const permissionsOfPublisher = (names: Names): readonly Permission[] => [
  ...publishSnapshots(names),
  { sid: 'KnowTheDemo', actions: ['s3:GetObject'], resources: [`${names.lake.arn}/demo`] },
  { sid: 'Suppress', actions: ['s3:GetObject', 's3:PutObject'], resources: [suppressions(names)] },
];

/** What each step of the pipeline may do, besides writing its log. */
const permissionsOfSteps = (names: Names, configuration: Configuration): Record<HandlerName, readonly Permission[]> => {
  const runsOf = [...readFiles(names, [runs(names)], nameOfRun), writeRuns(names)];
  const lock = holdLock(names);
  return {
    plan: [listOrganization, readSuppressions(names), ...publishSnapshots(names)],
    collect: [becomeCollector(names, configuration), ...runsOf],
    stage: [
      ...readFiles(names, [runs(names), publishing(names)], nameOfRun),
      writeRuns(names),
      lock,
      ...readCatalog(names, databases.published),
    ],
    derive: [
      ...runsOf,
      ...unload(names, runs(names), nameOfRun),
      lock,
      readSuppressions(names),
      ...stageTables(names),
      ...askAthena(names, 'pipeline'),
    ],
    publish: publishSnapshots(names),
    failed: [listLake(names), lock],
  };
};

/** Everything that a step of the pipeline may do. */
export const permissionsOf = (name: HandlerName, names: Names, configuration: Configuration): readonly Permission[] => [
  logOf(names, name),
  ...permissionsOfSteps(names, configuration)[name],
];
