import { canaryEnvironment } from '../canaries.ts';
import type { Account, CapacityProvider, Microvm, MicrovmImage } from '../organization/model.ts';
import { hex } from '../seeded.ts';
import { printed } from './moments.ts';

/** Answers of `aws lambda-microvms get-microvm-image-version` and `get-microvm`, gathered in one file. */
export const microvmFile = (account: Account, region: string) => ({
  images: account.microvmImages.filter((each) => each.region === region).map(image),
  microvms: account.microvms.filter((each) => each.region === region).map(microvm),
});

const image = (of: MicrovmImage) => ({
  imageArn: of.arn,
  name: of.name,
  imageVersion: '1',
  state: 'SUCCESSFUL',
  status: 'ACTIVE',
  baseImageArn: `arn:aws:lambda:${of.region}:aws:microvm-image:al2023-1`,
  buildRoleArn: of.buildRole,
  codeArtifact: { uri: `s3://brightaisle-artifacts/microvms/${of.name}.zip` },
  environmentVariables: canaryEnvironment(of.arn, of.environment),
  createdAt: printed(of.createdAt),
  updatedAt: printed(of.createdAt),
  tags: of.tags,
});

const microvm = (of: Microvm) => ({
  microvmId: of.id,
  state: 'RUNNING',
  endpoint: `https://${hex(of.id, 20)}.lambda-microvm.${of.region}.on.aws`,
  imageArn: of.image,
  imageVersion: '1',
  ...(of.role && { executionRoleArn: of.role }),
  maximumDurationInSeconds: 28800,
  startedAt: printed(of.startedAt),
});

/** What `aws lambda list-capacity-providers` prints. */
export const capacityProviderList = (account: Account, region: string) => ({
  CapacityProviders: account.capacityProviders.filter((each) => each.region === region).map(capacityProvider),
});

const capacityProvider = (of: CapacityProvider) => ({
  CapacityProviderArn: of.arn,
  State: 'Active',
  VpcConfig: {
    SubnetIds: [`subnet-${hex(`subnet ${of.region}`, 17)}`],
    SecurityGroupIds: [`sg-${hex(`group ${of.arn}`, 17)}`],
  },
  PermissionsConfig: { CapacityProviderOperatorRoleArn: of.operatorRole },
  LastModified: '2026-06-11T09:12:40.000+0000',
});
