import type { ResultRow } from '../queries/engine.ts';
import { text } from './cell.ts';

/** As the trends name what no team owns. */
export const unowned = 'unowned';

/** The team that a row belongs to, as every part of the report names it. */
export const teamOf = (row: ResultRow): string => text(row.team) || unowned;
