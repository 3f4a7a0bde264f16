import type { Organization } from './organization/model.ts';
import { type PlantedEvent, type Week, weeks } from './story/chapter.ts';
import { chapters } from './story/chapters.ts';
import { organizationAt } from './weeks.ts';

export type { PlantedEvent } from './story/chapter.ts';

const standing = new Map(weeks.map((date) => [date, organizationAt(date)]));
const at = (date: Week): Organization => standing.get(date)!;

/**
 * What was planted in the six weeks, by date, and the question that must find it.
 * Expectations are read off the organization itself, never asked of a query.
 */
export const story: readonly PlantedEvent[] = chapters
  .flatMap((chapter) => chapter.events(at))
  .toSorted((a, b) => a.date.localeCompare(b.date));
