declare module 'asl-validator' {
  /** Checks a definition of Amazon States Language; it writes defaults into what it is given. */
  export default function validate(definition: object): {
    readonly isValid: boolean;
    readonly errors: readonly unknown[];
  };
}
