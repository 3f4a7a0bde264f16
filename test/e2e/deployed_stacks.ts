import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { App } from 'aws-cdk-lib';
import { bundleHandlers } from '../../build.ts';
import type { Configuration } from '../../infra/configuration.ts';
import { rolecall } from '../../infra/rolecall.ts';
import { cacheFolder } from './cache.ts';
import { emulated, type Template } from './emulated_template.ts';
import { homeRegion, rootKeys } from './live_organization.ts';
import { hubAccount } from './ministack.ts';

/** Bucket that the CDK uploads to, as bootstrapping an account makes it. */
const assets = `cdk-hnb659fds-assets-${hubAccount}-${homeRegion}`;

const clientOptions = (endpoint: string) => ({ endpoint, region: homeRegion, credentials: rootKeys(hubAccount) });

/** The stacks of the hub, in the order of their deployment, with handlers bundled as for AWS. */
async function synthesized(folder: string, configuration: Configuration) {
  await bundleHandlers(join(folder, 'handlers'));
  const app = new App({ outdir: join(folder, 'out'), builtinCloudFormationValidation: false });
  rolecall(app, configuration, join(folder, 'handlers'));
  const assembly = app.synth();
  return ['rolecall-lake', 'rolecall-pipeline'].map((name) => assembly.getStackByName(name));
}

function zipped(folder: string): Buffer {
  const archive = `${folder}.zip`;
  const contents = readdirSync(folder).map((name) => join(folder, name));
  execFileSync(join(cacheFolder('ministack'), 'bin', 'python'), ['-m', 'zipfile', '-c', archive, ...contents]);
  return readFileSync(archive);
}

async function upload(s3: S3Client, out: string): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket: assets }));
  for (const name of readdirSync(out).filter((file) => /^asset\.[0-9a-f]+$/.test(file))) {
    const Key = `${name.replace('asset.', '')}.zip`;
    await s3.send(new PutObjectCommand({ Bucket: assets, Key, Body: zipped(join(out, name)) }));
  }
}

/** @throws Error that names each resource which could not be made. */
async function created(client: CloudFormationClient, StackName: string): Promise<void> {
  try {
    await waitUntilStackCreateComplete({ client, maxWaitTime: 60, minDelay: 0.2, maxDelay: 0.5 }, { StackName });
  } catch (cause) {
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
    const failed = StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('FAILED'));
    const reasons = failed.map((event) => `${event.LogicalResourceId}: ${event.ResourceStatusReason}`);
    throw new Error(`${StackName} was not deployed\n${reasons.join('\n')}`, { cause });
  }
}

/**
 * Deploys the stacks of the hub through CloudFormation, as `cdk deploy` does.
 * @param folder where they are synthesized
 * @param environment what leads functions to a service that stands elsewhere
 */
export async function deployStacks(
  endpoint: string,
  folder: string,
  configuration: Configuration,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const stacks = await synthesized(folder, configuration);
  const s3 = new S3Client(clientOptions(endpoint));
  const cloudFormation = new CloudFormationClient(clientOptions(endpoint));
  await upload(s3, join(folder, 'out'));
  for (const { stackName, template } of stacks) {
    const Key = `${stackName}.json`;
    const Body = JSON.stringify(emulated(template as Template, environment));
    await s3.send(new PutObjectCommand({ Bucket: assets, Key, Body }));
    const TemplateURL = `${endpoint}/${assets}/${Key}`;
    const asked = { StackName: stackName, TemplateURL, Capabilities: ['CAPABILITY_NAMED_IAM' as const] };
    await cloudFormation.send(new CreateStackCommand(asked));
    await created(cloudFormation, stackName);
  }
}
