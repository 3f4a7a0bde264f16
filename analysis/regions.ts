import { covers, overlap, type Pattern } from './match.ts';

/** A resource pattern with the text it came from. */
export interface Said {
  readonly text: string;
  readonly pattern: Pattern;
}

/** Resources that all of `within` match and none of `except`; never empty as far as two patterns at a time can tell. */
export interface Region {
  readonly within: readonly Said[];
  readonly except: readonly Said[];
}

/** The part of a region that matches one more pattern. */
export function restricted(region: Region, by: Said): Region | null {
  if (region.within.some((one) => covers(by.pattern, one.pattern))) return region;
  if (!region.within.every((one) => overlap(one.pattern, by.pattern))) return null;
  if (region.except.some((one) => covers(one.pattern, by.pattern))) return null;
  const others = region.within.filter((one) => !covers(one.pattern, by.pattern));
  return { within: [...others, by], except: region.except.filter((one) => overlap(one.pattern, by.pattern)) };
}

/** The part of a region that does not match a pattern. */
export function without(region: Region, by: Said): Region | null {
  if (isInside(region, by)) return null;
  if (!region.within.every((one) => overlap(one.pattern, by.pattern))) return region;
  if (region.except.some((one) => covers(one.pattern, by.pattern))) return region;
  const others = region.except.filter((one) => !covers(by.pattern, one.pattern));
  return { within: region.within, except: [...others, by] };
}

/** Whether a pattern matches all of a region. */
export function isInside(region: Region, by: Said): boolean {
  return region.within.some((one) => covers(by.pattern, one.pattern));
}
