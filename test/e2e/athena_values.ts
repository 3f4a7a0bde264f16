/** Name that Athena gives a type of Trino: without length, precision and what a list holds. */
export const athenaType = (type: string): string => type.replace(/\(.*\)/, '').trim();

/** A value of Trino's JSON as Athena prints it; NULL is left out. */
export function printed(value: unknown, type: string): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return `[${value.map((each) => printed(each, elementOf(type)) ?? 'null').join(', ')}]`;
  return (type === 'double' || type === 'real') && typeof value === 'number' ? double(value) : String(value);
}

const elementOf = (type: string): string => /^array\((.*)\)$/.exec(type)?.[1] ?? type;

/** As Java writes it: always with a point, and large or small numbers with an exponent. */
function double(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-3 && size < 1e7)) return withPoint(String(value));
  const [digits, exponent] = value.toExponential().split('e');
  return `${withPoint(digits!)}E${Number(exponent)}`;
}

const withPoint = (digits: string): string => (digits.includes('.') ? digits : `${digits}.0`);
