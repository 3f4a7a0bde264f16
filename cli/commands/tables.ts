import { Argument, Command } from 'commander';
import type { Format } from '../../report/result.ts';
import { allTables } from '../../tables/all.generated.ts';
import { shownType, sqlColumns, type Table } from '../../tables/table.ts';
import { withLakeAndFormat } from '../options.ts';
import { printResult } from '../output.ts';

const dictionaryColumns = [
  { name: 'table', type: 'varchar' },
  { name: 'column', type: 'varchar' },
  { name: 'type', type: 'varchar' },
  { name: 'description', type: 'varchar' },
] as const;

const describe = (table: Table) =>
  sqlColumns(table).map(([name, column]) => ({
    table: table.name,
    column: name,
    type: shownType(column),
    description: column.description,
  }));

const summaryColumns = [
  { name: 'table', type: 'varchar' },
  { name: 'one_row_per', type: 'varchar' },
] as const;

export const tables = withLakeAndFormat(
  new Command('tables')
    .description('the tables that SQL can read; with a name, its columns')
    .addArgument(new Argument('[name]', 'name of a table').choices(allTables.map(({ name }) => name))),
).action((name: string | undefined, { format }: { format: Format }) => {
  const chosen = allTables.find((table) => table.name === name);
  if (chosen !== undefined) return printResult({ columns: dictionaryColumns, rows: describe(chosen) }, format);
  const rows = allTables.map((table) => ({ table: table.name, one_row_per: table.grain }));
  printResult({ columns: summaryColumns, rows }, format);
});
