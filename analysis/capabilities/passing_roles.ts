import { type Capability, escalation, passing } from './capability.ts';

const LAMBDA = 'lambda.amazonaws.com';
const CLOUDFORMATION = 'cloudformation.amazonaws.com';
const ECS = 'ecs-tasks.amazonaws.com';
const GLUE = 'glue.amazonaws.com';
const SAGEMAKER = 'sagemaker.amazonaws.com';

const code = 'runs its own code as the role';
const stack = 'has a stack made with the permissions of the role';
const inCluster = 'a cluster';
const job = 'a job that can be changed';

/** Escalation by passing a role to a service that then works as it. Facts as in changing_iam.ts. */
export const passingRoles: readonly Capability[] = [
  passing(LAMBDA, code, ['lambda:CreateFunction', 'lambda:InvokeFunction']),
  passing(LAMBDA, code, ['lambda:CreateFunction', 'lambda:CreateEventSourceMapping']),
  passing(LAMBDA, code, ['lambda:CreateFunction', 'lambda:AddPermission']),
  passing(LAMBDA, code, ['lambda:RunMicrovm']),
  passing(LAMBDA, code, ['lambda:CreateMicrovmImage']),
  escalation('gives a function another role', [
    { action: 'iam:PassRole', on: 'role_to_pass', service: LAMBDA },
    { action: 'lambda:UpdateFunctionConfiguration', on: 'function' },
  ]),
  passing('tasks.apprunner.amazonaws.com', code, ['apprunner:CreateService']),
  passing('bedrock-agentcore.amazonaws.com', code, [
    'bedrock-agentcore:CreateCodeInterpreter',
    'bedrock-agentcore:StartCodeInterpreterSession',
    'bedrock-agentcore:InvokeCodeInterpreter',
  ]),
  passing(CLOUDFORMATION, stack, ['cloudformation:CreateStack']),
  passing(CLOUDFORMATION, stack, ['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances']),
  passing(CLOUDFORMATION, stack, ['cloudformation:UpdateStackSet'], 'a stack set'),
  passing('codebuild.amazonaws.com', code, ['codebuild:CreateProject', 'codebuild:StartBuild']),
  passing('codebuild.amazonaws.com', code, ['codebuild:CreateProject', 'codebuild:StartBuildBatch']),
  passing('datapipeline.amazonaws.com', code, [
    'datapipeline:CreatePipeline',
    'datapipeline:PutPipelineDefinition',
    'datapipeline:ActivatePipeline',
  ]),
  passing('ec2.amazonaws.com', code, ['ec2:RunInstances'], 'an instance profile that holds the role'),
  passing('ec2.amazonaws.com', code, ['ec2:RequestSpotInstances'], 'an instance profile that holds the role'),
  passing(ECS, code, ['ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:CreateService']),
  passing(ECS, code, ['ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:RunTask']),
  passing(ECS, code, ['ecs:RegisterTaskDefinition', 'ecs:CreateService'], inCluster),
  passing(ECS, code, ['ecs:RegisterTaskDefinition', 'ecs:RunTask'], inCluster),
  passing(ECS, code, ['ecs:RegisterTaskDefinition', 'ecs:StartTask'], 'a cluster with an instance'),
  passing(GLUE, code, ['glue:CreateDevEndpoint']),
  passing(GLUE, code, ['glue:CreateJob', 'glue:StartJobRun']),
  passing(GLUE, code, ['glue:CreateJob', 'glue:CreateTrigger']),
  passing(GLUE, code, ['glue:UpdateJob', 'glue:StartJobRun'], job),
  passing(GLUE, code, ['glue:UpdateJob', 'glue:CreateTrigger'], job),
  passing(SAGEMAKER, code, ['sagemaker:CreateNotebookInstance']),
  passing(SAGEMAKER, code, ['sagemaker:CreateTrainingJob']),
  passing(SAGEMAKER, code, ['sagemaker:CreateProcessingJob']),
];
