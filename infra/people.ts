import { AccountPrincipal, ArnPrincipal, CompositePrincipal, type IPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { findings } from '../tables/findings.ts';
import { snapshots } from '../tables/snapshots.ts';
import { trends } from '../tables/trends.ts';
import type { Configuration } from './configuration.ts';
import { databases, type Names, workgroups } from './names.ts';
import { permissionsOfPublisher } from './permissions.ts';
import { type Permission, role } from './role.ts';
import { askAthena, readCatalog, readFiles } from './sql_permissions.ts';

/** Tables of which charts are made; none tells what a role may do. */
const charted = [findings, snapshots, trends].map(({ name }) => name);

const nameOfRun = 'a file is named after its run and its date, and both are added weekly';

const savedQueries = (names: Names): Permission => ({
  sid: 'OpenSavedQueries',
  actions: [
    'athena:BatchGetNamedQuery',
    'athena:GetNamedQuery',
    'athena:ListNamedQueries',
    'athena:ListQueryExecutions',
  ],
  resources: [names.arn('athena', `workgroup/${workgroups.analyst}`)],
});

const openConsole: Permission = {
  sid: 'OpenConsole',
  actions: ['athena:ListDataCatalogs', 'athena:ListEngineVersions', 'athena:ListWorkGroups', 'glue:GetDatabases'],
  resources: ['*'],
  wildcard: 'the lists that the console begins with have no resource to name',
};

const principalOf = (text: string): IPrincipal =>
  text.startsWith('arn:') ? new ArnPrincipal(text) : new AccountPrincipal(text);

/**
 * Roles of people: `rolecall-analyst` asks every table, `rolecall-dashboard` findings, trends and snapshots alone; neither can change
 * anything. `rolecall-publisher`, where somebody is named, moves a laptop's snapshots over.
 */
export class People extends Construct {
  constructor(scope: Construct, id: string, names: Names, { people }: Configuration) {
    super(scope, id);
    role(this, 'Analyst', {
      name: 'rolecall-analyst',
      description: 'Asks every table that rolecall has published',
      assumedBy: new CompositePrincipal(...people.analysts.map(principalOf)),
      permissions: [
        ...askAthena(names, 'analyst'),
        savedQueries(names),
        openConsole,
        ...readCatalog(names, databases.published),
        ...readFiles(names, [`${names.lake.arn}/runs/*`], nameOfRun),
      ],
    });
    role(this, 'Dashboard', {
      name: 'rolecall-dashboard',
      description: 'Asks findings, trends and snapshots, for charts',
      assumedBy: new CompositePrincipal(...people.dashboards.map(principalOf)),
      permissions: [
        ...askAthena(names, 'dashboard'),
        ...readCatalog(
          names,
          databases.published,
          charted.flatMap((table) => [table, `${table}_latest`]),
        ),
        ...readFiles(
          names,
          charted.map((table) => `${names.lake.arn}/runs/*/snapshot_date=*/${table}/*`),
          nameOfRun,
        ),
      ],
    });
    if (people.publishers.length === 0) return;
    role(this, 'Publisher', {
      name: 'rolecall-publisher',
      description: 'Moves the snapshots of a laptop over',
      assumedBy: new CompositePrincipal(...people.publishers.map(principalOf)),
      permissions: permissionsOfPublisher(names),
    });
  }
}
