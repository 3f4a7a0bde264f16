/** What makes up a finding's score, and for how much of the 100 points: what a role may do counts most. */
const weights = {
  permission_severity: 40,
  blast_radius: 25,
  internet_exposure: 20,
  data_sensitivity: 15,
} as const;

const names = Object.keys(weights) as (keyof typeof weights)[];

/** A factor as rules give it, 0 to 1; what a rule does not know adds nothing. */
const factor = (name: string): string => `coalesce(${name}, 0e0)`;

/** SQL for the score, 0 to 100 with one decimal. */
export const score = `round(${names.map((name) => `${10 * weights[name]}e0 * ${factor(name)}`).join(' + ')}) / 10e0`;

/** As text with two decimals: the engines write a double in different ways, and only round() rounds alike in both. */
const asText = (name: string): string =>
  `cast(cast(round(100e0 * ${factor(name)}) / 100e0 as decimal(3, 2)) as varchar)`;

/** SQL for the factors as a JSON object. */
export const factors = `'{' || ${names
  .toSorted()
  .map((name) => `'"${name}":' || ${asText(name)}`)
  .join(" || ',' || ")} || '}'`;
