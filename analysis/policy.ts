/** Whether a statement must say Resource (`identity`: also SCPs and boundaries) or may leave it out (`resource`: also trust policies). */
export type DocumentKind = 'identity' | 'resource';

/** What a policy document says, once it is read; see `document.ts` for the reading. */
export interface PolicyDocument {
  /** `2008-10-17` knows no policy variables; it is also what AWS assumes when none is given. */
  readonly version: string;
  readonly statements: readonly Statement[];
  /** Decoded JSON text without white space; the text as found when it is no JSON. */
  readonly text: string;
  readonly sha256: string;
  /** Everything wrong with the document, with places; null when it parses cleanly. */
  readonly problem: string | null;
}

export interface Statement {
  /** Place in the document, from 0. */
  readonly position: number;
  readonly sid: string | null;
  /** `unknown`: the statement cannot be understood, so it may allow or deny anything. */
  readonly effect: 'Allow' | 'Deny' | 'unknown';
  readonly actions: readonly string[] | null;
  readonly notActions: readonly string[] | null;
  /** Null together with `notResources`: the resource that the policy belongs to. */
  readonly resources: readonly string[] | null;
  readonly notResources: readonly string[] | null;
  readonly principals: readonly Principal[] | null;
  readonly notPrincipals: readonly Principal[] | null;
  readonly conditions: readonly Condition[];
  /** The Condition block as JSON text; null without conditions. */
  readonly conditionText: string | null;
  readonly problem: string | null;
}

export type PrincipalKind = 'aws' | 'service' | 'federated' | 'canonical';

/** One entry of a Principal element; `"*"` is the same as `{"AWS": "*"}`. */
export interface Principal {
  readonly kind: PrincipalKind;
  readonly value: string;
}

/** One operator and key of a Condition block; all of a statement must hold. */
export interface Condition {
  /** As written, such as `ForAnyValue:StringLike` or `BoolIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}
