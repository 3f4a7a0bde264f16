import type { PlantedEvent } from './story/chapter.ts';
import { chapters } from './story/chapters.ts';
import { organizationAt } from './weeks.ts';

export type { PlantedEvent } from './story/chapter.ts';

/**
 * What was planted in the six weeks, by date, and the question that must find it.
 * Expectations are read off the organization itself, never asked of a query.
 */
export const story: readonly PlantedEvent[] = chapters
  .flatMap((chapter) => chapter.events(organizationAt))
  .toSorted((a, b) => a.date.localeCompare(b.date));
