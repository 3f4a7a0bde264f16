import { type Context, contextOf } from './conditions/context.ts';

/** Some address on the internet that nobody can have meant. */
const ADDRESS = '100.20.30.40';
/** An account, an organization and a bucket that are nobody's here: what a policy names is never theirs. */
const ACCOUNT = '000000000001';
const ORGANIZATION = 'o-0000000000';

const NOBODY = {
  'aws:PrincipalAccount': null,
  'aws:PrincipalArn': null,
  'aws:PrincipalOrgID': null,
  'aws:PrincipalOrgPaths': null,
  'aws:PrincipalServiceName': null,
  'aws:PrincipalServiceNamesList': null,
  'aws:SourceAccount': null,
  'aws:SourceArn': null,
  'aws:SourceOrgID': null,
  'aws:SourceOrgPaths': null,
  'aws:SourceOwner': null,
  'aws:SourceVpc': null,
  'aws:SourceVpce': null,
  'aws:SourceVpcArn': null,
  'aws:VpcSourceIp': null,
  'aws:VpceAccount': null,
  'aws:VpceOrgID': null,
  'aws:VpceOrgPaths': null,
  'aws:username': null,
  'aws:userid': null,
  'aws:FederatedProvider': null,
  'aws:PrincipalIsAWSService': 'false',
  'aws:SecureTransport': 'true',
  'aws:SourceIp': ADDRESS,
  'lambda:EventSourceToken': null,
  'lambda:FunctionUrlAuthType': null,
  'lambda:InvokedViaFunctionUrl': 'false',
};

/** Somebody with credentials of an account outside. Keys that they can choose themselves (tags, user agent) stay unknown. */
const OUTSIDE_ACCOUNT = {
  ...NOBODY,
  'aws:PrincipalAccount': ACCOUNT,
  'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/outside`,
  'aws:PrincipalOrgID': ORGANIZATION,
  'aws:PrincipalOrgPaths': `${ORGANIZATION}/r-0000/`,
  'aws:userid': 'AROA0000000000000000:outside',
};

/** Somebody of an account that is in no organization. */
const STANDALONE_ACCOUNT = { ...OUTSIDE_ACCOUNT, 'aws:PrincipalOrgID': null, 'aws:PrincipalOrgPaths': null };

/** A service that acts for a resource of an account outside; `Principal: *` lets services in as well. */
const OUTSIDE_SERVICE = {
  ...NOBODY,
  'aws:PrincipalIsAWSService': 'true',
  'aws:SourceAccount': ACCOUNT,
  'aws:SourceArn': `arn:aws:s3:::${ACCOUNT}-outside`,
  'aws:SourceOrgID': ORGANIZATION,
  'aws:SourceOrgPaths': `${ORGANIZATION}/r-0000/`,
};

/** A request over the function URL; `authType` NONE asks for no credentials. */
export function overUrl(authType: string): Context {
  return contextOf({
    ...(authType === 'NONE' ? { ...NOBODY, 'aws:PrincipalType': 'Anonymous' } : OUTSIDE_ACCOUNT),
    'lambda:FunctionUrlAuthType': authType,
    'lambda:InvokedViaFunctionUrl': 'true',
  });
}

/** Requests to the Invoke API from outside; they always carry somebody's signature. */
export const OVER_API: readonly Context[] = [OUTSIDE_ACCOUNT, STANDALONE_ACCOUNT, OUTSIDE_SERVICE].map(contextOf);
