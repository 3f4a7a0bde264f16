import { ContractError } from '../errors.ts';

/** @throws ContractError when the number, as an engine gives it, is not safe to hold as one of TypeScript's. */
export function safeInteger(value: unknown, column: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new ContractError(`Column ${column}: ${value} is too large a number to be given exactly. Cast it to varchar.`);
}

/** @throws ContractError when a list holds NULL, which no list of texts can show. */
export function texts(values: readonly unknown[], column: string): readonly string[] {
  if (!values.includes(null)) return values.map(String);
  throw new ContractError(`Column ${column}: a list holds NULL. Leave it out with filter(…, x -> x is not null).`);
}
