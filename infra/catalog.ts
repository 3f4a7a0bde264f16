import type { TableInput } from '@aws-sdk/client-glue';
import { CfnResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { glueLatestTable, glueTable } from '../lake/glue_schema.ts';
import { allTables } from '../tables/all.generated.ts';
import type { Configuration } from './configuration.ts';
import { databases, type Names } from './names.ts';

/** Glue's databases with every table that is declared in tables/; their partitions are given when a run is staged and published. */
export class Catalog extends Construct {
  constructor(
    scope: Construct,
    id: string,
    names: Names,
    private readonly configuration: Configuration,
  ) {
    super(scope, id);
    const lake = `s3://${names.lake.name}`;
    const tables = allTables.map((table) => glueTable(table, lake));
    const latest = allTables.map((table) => glueLatestTable(table, lake));
    this.database(databases.published, 'What rolecall has published', [...tables, ...latest]);
    this.database(databases.staging, 'The same with the run that is on its way; only the pipeline asks it', tables);
  }

  private database(name: string, description: string, tables: readonly TableInput[]): void {
    const within = new Construct(this, name);
    const CatalogId = this.configuration.hub.account;
    const DatabaseInput = { Name: name, Description: description };
    const database = new CfnResource(within, 'Database', {
      type: 'AWS::Glue::Database',
      properties: { CatalogId, DatabaseInput },
    });
    for (const TableInput of tables) {
      new CfnResource(within, TableInput.Name!, {
        type: 'AWS::Glue::Table',
        properties: { CatalogId, DatabaseName: name, TableInput },
      }).addResourceDependency(database);
    }
  }
}
