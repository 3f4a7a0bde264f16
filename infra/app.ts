import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { RolecallError } from '../errors.ts';
import { packageRoot } from '../package_root.ts';
import { readConfiguration } from './configuration.ts';
import { rolecall } from './rolecall.ts';

/** Run by `cdk`; `-c configuration=FILE` names the configuration. */
function synthesize(): void {
  const app = new App();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
  rolecall(app, readConfiguration(app.node.getContext('configuration') as string), join(packageRoot, 'dist/handlers'));
  app.synth();
}

try {
  synthesize();
} catch (error) {
  if (!(error instanceof RolecallError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
