import { expect, it } from 'vitest';
import { tablesPage } from '../../docs/tables_page.ts';

it.each([
  ['team', '`team`, `owner`, `owner-team`, `squad`'],
  ['application', '`application`, `app`, `service`, `project`'],
  ['environment', '`environment`, `env`, `stage`'],
  ['data_sensitivity', '`data-sensitivity`, `data-classification`, `sensitivity`, `classification`'],
])('D8: the data dictionary tells which tags make %s', (column, keys) => {
  expect(tablesPage()).toContain(`\n| \`${column}\` | ${keys} |\n`);
});
