/** What went wrong, where, and what to do about it: the only errors that reach a person. */
export abstract class RolecallError extends Error {
  /** Process exit code of a command that ends with this error. */
  abstract readonly exitCode: number;

  constructor(what: string, options?: ErrorOptions) {
    super(what, options);
    this.name = new.target.name;
  }
}

/** The command line, a parameter or an input file is wrong: the person who typed it can mend it. Exit code 2. */
export class UsageError extends RolecallError {
  readonly exitCode = 2;
}

/** Something that was asked for could not be read at all, so there is nothing to publish. Exit code 3. */
export class NothingReadError extends RolecallError {
  readonly exitCode = 3;
}

/** A row, file or query does not keep a contract that rolecall itself declares. Exit code 2. */
export class ContractError extends RolecallError {
  readonly exitCode = 2;
}
