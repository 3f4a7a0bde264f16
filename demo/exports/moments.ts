/** Moments as the AWS CLI prints them: `2026-05-01T00:00:00+00:00`. */
export const printed = (iso: string): string => `${iso.slice(0, 19)}+00:00`;

/** LastModified of Lambda: `2026-05-01T00:00:00.000+0000`. */
export const lambdaMoment = (iso: string): string => iso.replace('Z', '+0000');

/** Early on the day before a snapshot. */
export const dayBefore = (date: string): string =>
  printed(new Date(Date.parse(`${date}T06:00:00Z`) - 24 * 3600 * 1000).toISOString());
