import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { readConfiguration } from '../../infra/configuration.ts';
import { handlerNames } from '../../infra/handler_names.ts';
import { namesOf } from '../../infra/names.ts';
import { rolecall } from '../../infra/rolecall.ts';
import { packageRoot } from '../../package_root.ts';

interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: properties are as many as there are kinds of resources
  readonly Properties: any;
  readonly DeletionPolicy?: string;
}

export const configuration = readConfiguration(join(packageRoot, 'infra/example.config.json'));
export const names = namesOf(configuration);

/**
 * The app with handlers that do nothing, for what they hold is not the matter here. The end-to-end tests let the CDK validate what it
 * writes: that takes three times as long as all else.
 */
function synthesized() {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-infra-'));
  try {
    for (const name of handlerNames) {
      mkdirSync(join(folder, 'handlers', name), { recursive: true });
      writeFileSync(join(folder, 'handlers', name, 'index.mjs'), 'export const handler = () => ({});\n');
    }
    const app = new App({ outdir: join(folder, 'out'), builtinCloudFormationValidation: false });
    rolecall(app, configuration, join(folder, 'handlers'));
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    const acknowledged = app.node
      .findAll()
      .flatMap(({ node }) =>
        node.metadata
          .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
          .map(({ data }) => data as Record<string, string>),
      );
    const { stacks } = app.synth();
    // A template is read from its file when it is first asked for.
    const templates = new Map(stacks.map(({ stackName, template }) => [stackName, template]));
    return { violations, acknowledged, templates };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { violations, acknowledged, templates } = synthesized();

/** What cdk-nag finds in the app, and the templates by the name of the stack. */
export { templates, violations };

/** Why a rule of cdk-nag is not kept somewhere, by the rule. */
export const reasons: readonly (readonly [string, string])[] = acknowledged
  .flatMap(Object.entries<string>)
  .map(([rule, reason]) => [rule.replace(/^Annotation::/, ''), reason] as const);

/** Resources of a type in all stacks, or in one. */
export const resources = (type: string, stack?: string): readonly Resource[] =>
  [...templates]
    .filter(([name]) => stack === undefined || name === stack)
    .flatMap(([, template]) => Object.values<Resource>(template.Resources))
    .filter(({ Type }) => Type === type);
