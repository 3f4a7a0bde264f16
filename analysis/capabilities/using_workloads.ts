import { type Capability, escalation, existing } from './capability.ts';

const code = 'runs its own code as the role';
const instance = 'an instance with a role';
const notebook = 'a notebook with a role';
const stackWithRole = 'a stack with a role';

/** Escalation by taking over something that runs with a role already. Facts as in changing_iam.ts. */
export const usingWorkloads: readonly Capability[] = [
  escalation(code, [{ action: 'lambda:UpdateFunctionCode', on: 'function' }]),
  escalation(code, [
    { action: 'lambda:UpdateFunctionCode', on: 'function' },
    { action: 'lambda:InvokeFunction', on: 'function' },
  ]),
  escalation(code, [
    { action: 'lambda:UpdateFunctionCode', on: 'function' },
    { action: 'lambda:AddPermission', on: 'function' },
  ]),
  escalation('puts its own code into a function by a layer', [
    { action: 'lambda:UpdateFunctionConfiguration', on: 'function' },
  ]),
  existing('an App Runner service with a role', code, ['apprunner:UpdateService']),
  existing('a code interpreter with a role', code, [
    'bedrock-agentcore:StartCodeInterpreterSession',
    'bedrock-agentcore:InvokeCodeInterpreter',
  ]),
  existing(stackWithRole, 'changes a stack with the permissions of its role', ['cloudformation:UpdateStack']),
  existing(stackWithRole, 'changes a stack with the permissions of its role', [
    'cloudformation:CreateChangeSet',
    'cloudformation:ExecuteChangeSet',
  ]),
  existing('a project with a role', code, ['codebuild:StartBuild']),
  existing('a project with a role that builds batches', code, ['codebuild:StartBuildBatch']),
  existing(instance, code, ['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances']),
  existing('a launch template in use, with a role', code, [
    'ec2:CreateLaunchTemplateVersion',
    'ec2:ModifyLaunchTemplate',
  ]),
  {
    ...existing(instance, 'logs in where the role is at hand', [
      'ec2-instance-connect:SendSSHPublicKey',
      'ec2:DescribeInstances',
    ]),
    // Known by the permission that lets in; the other one only tells where.
    name: 'ec2-instance-connect:SendSSHPublicKey',
  },
  existing('a development endpoint with a role', code, ['glue:UpdateDevEndpoint']),
  existing(notebook, code, ['sagemaker:CreatePresignedNotebookInstanceUrl']),
  existing(notebook, code, [
    'sagemaker:CreateNotebookInstanceLifecycleConfig',
    'sagemaker:StopNotebookInstance',
    'sagemaker:UpdateNotebookInstance',
    'sagemaker:StartNotebookInstance',
  ]),
  existing(instance, code, ['ssm:StartSession']),
  existing(instance, code, ['ssm:SendCommand']),
];
