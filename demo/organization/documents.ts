type OneOrMore = string | readonly string[];

export type Condition = Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, OneOrMore>>;
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: Condition;
}

export interface Document {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: Statement | readonly Statement[];
}

export const document = (...statements: readonly Statement[]): Document => ({
  Version: '2012-10-17',
  Statement: statements,
});

type Rest = Omit<Statement, 'Effect' | 'Action' | 'Resource'>;

export const allow = (action: OneOrMore, resource: OneOrMore, rest: Rest = {}): Statement => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...rest,
});

export const deny = (action: OneOrMore, resource: OneOrMore, rest: Rest = {}): Statement => ({
  Effect: 'Deny',
  Action: action,
  Resource: resource,
  ...rest,
});

/** A trust policy that lets one kind of principal in. */
export const trust = (
  principal: Statement['Principal'] & object,
  condition?: Condition,
  action: OneOrMore = 'sts:AssumeRole',
): Document =>
  document({ Effect: 'Allow', Principal: principal, Action: action, ...(condition && { Condition: condition }) });

export const trustService = (service: string, condition?: Condition): Document =>
  trust({ Service: `${service}.amazonaws.com` }, condition);

export const trustLambda: Document = trustService('lambda');

/** Statements of a document, whether it holds a list or a single one. */
export const statementsOf = (of: Document): readonly Statement[] =>
  Array.isArray(of.Statement) ? of.Statement : [of.Statement as Statement];

export const listOf = (value: OneOrMore | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;
