/** How many points a finding gets when all is allowed, and how many more by how far that reaches. */
const points = { anywhere: 40, blast_radius: 25, internet_exposure: 20, data_sensitivity: 15 } as const;

const reaches = ['blast_radius', 'internet_exposure', 'data_sensitivity'] as const;
const names = ['permission_severity', ...reaches] as const;

/** A factor, 0 to 1; what nobody knows adds nothing. */
const factor = (name: string): string => `coalesce(${name}, 0e0)`;

/**
 * SQL for the score, 0 to 100 with one decimal: what the resource may do, times how far that reaches. A small fault on a busy
 * function stays below a great one on a quiet one.
 */
export const score = `round(${factor('permission_severity')} * (${10 * points.anywhere}e0 + ${reaches
  .map((name) => `${10 * points[name]}e0 * ${factor(name)}`)
  .join(' + ')})) / 10e0`;

/** As text with two decimals: the engines write a double in different ways, and only round() rounds alike in both. */
const asText = (name: string): string =>
  `cast(cast(round(100e0 * ${factor(name)}) / 100e0 as decimal(3, 2)) as varchar)`;

/** SQL for the factors as a JSON object. */
export const factors = `'{' || ${names
  .toSorted()
  .map((name) => `'"${name}":' || ${asText(name)}`)
  .join(" || ',' || ")} || '}'`;

/** What labels of data sensitivity weigh, in lower case; a label that is not among them lies in the middle. */
const sensitivities: Readonly<Record<string, number>> = {
  public: 0,
  none: 0,
  internal: 0.3,
  low: 0.3,
  medium: 0.5,
  confidential: 0.7,
  high: 1,
  restricted: 1,
  secret: 1,
  pii: 1,
  pci: 1,
  phi: 1,
};

/** SQL for the weight of a function's label; a function without one adds nothing. */
export const sensitivity = `case lower(data_sensitivity) ${Object.entries(sensitivities)
  .map(([label, weight]) => `when '${label}' then ${weight}e0`)
  .join(' ')} else case when data_sensitivity is null then 0e0 else 0.5e0 end end`;
