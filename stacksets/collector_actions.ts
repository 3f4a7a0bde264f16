import type { Listing } from '../collectors/listing.ts';
import { regionsAction } from '../collectors/live/regions.ts';
import { allListings } from '../collectors/resources/all.generated.ts';

/** Every IAM action that reading a member account needs, sorted. */
export const collectorActions: readonly string[] = [
  ...new Set([regionsAction, ...(allListings as readonly Listing[]).flatMap(({ actions }) => actions)]),
].sort();
