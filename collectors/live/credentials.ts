import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';

/** Renewed this long before they expire, so that no request under way outlives them. */
const renewBeforeMs = 5 * 60_000;
/** Role chaining allows one hour at most (IAM User Guide, "Roles terms and concepts"). */
const durationSeconds = 3600;
const sessionName = 'rolecall-collect';

export interface RoleToAssume {
  readonly roleArn: string;
  readonly externalId: string | undefined;
  /** Of the caller, in a region: the global endpoint is a single point of failure, and its tokens are not valid in opt-in regions. */
  readonly sts: STSClient;
}

/** Credentials of a role: asked for once, shared by all clients, renewed before they expire. */
export function assumedRole(role: RoleToAssume): AwsCredentialIdentityProvider {
  return kept(async () => {
    const { Credentials: given } = await role.sts.send(
      new AssumeRoleCommand({
        RoleArn: role.roleArn,
        RoleSessionName: sessionName,
        SourceIdentity: sessionName,
        DurationSeconds: durationSeconds,
        ...(role.externalId === undefined ? {} : { ExternalId: role.externalId }),
      }),
    );
    if (given?.AccessKeyId === undefined || given.SecretAccessKey === undefined) {
      throw new Error(`sts:AssumeRole of ${role.roleArn} answered without credentials`);
    }
    return {
      accessKeyId: given.AccessKeyId,
      secretAccessKey: given.SecretAccessKey,
      ...(given.SessionToken === undefined ? {} : { sessionToken: given.SessionToken }),
      ...(given.Expiration === undefined ? {} : { expiration: given.Expiration }),
    };
  });
}

/** Keeps what `ask` gave until shortly before it expires; callers who come meanwhile share one request. */
export function kept(
  ask: () => Promise<AwsCredentialIdentity>,
  now: () => number = Date.now,
): AwsCredentialIdentityProvider {
  let current: Promise<AwsCredentialIdentity> | undefined;
  let renewAt = Number.POSITIVE_INFINITY;
  return async () => {
    if (current === undefined || now() >= renewAt) {
      renewAt = Number.POSITIVE_INFINITY;
      current = ask();
      current.then(
        ({ expiration }) => {
          if (expiration !== undefined) renewAt = expiration.getTime() - renewBeforeMs;
        },
        () => {
          current = undefined;
        },
      );
    }
    return current;
  };
}
