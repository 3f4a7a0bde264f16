import { expect, it } from 'vitest';
import { drawnPath } from '../../cli/drawn_path.ts';

const path = {
  account_id: '111122223333',
  region: 'global',
  principal_arn: 'arn:aws:iam::111122223333:user/ann',
  method: 'UpdateFunctionCode',
  role_arn: 'arn:aws:iam::111122223333:role/app',
  function_count: 1,
  functions: [],
  gained: ['read_secrets', 'kms_decrypt'],
  verdict: 'risk_possible',
  missing_step: null,
  conditions: null,
  steps: JSON.stringify([
    { action: 'lambda:UpdateFunctionCode', on: ['*'], by: { policy_id: 'deploy', position: 1 } },
    { action: 'lambda:InvokeFunction', on: [], by: null },
  ]),
  role_count: 1,
};

it('B5: a path is drawn step by step, with the statement that allows each', () => {
  expect(drawnPath(path)).toBe(
    [
      'risk_possible: UpdateFunctionCode',
      'arn:aws:iam::111122223333:user/ann',
      '└─ lambda:UpdateFunctionCode on * (deploy, statement 1)',
      '   └─ lambda:InvokeFunction',
      '      └─ runs as arn:aws:iam::111122223333:role/app',
      '         └─ gains read_secrets, kms_decrypt',
    ].join('\n'),
  );
});

it('B5: a reduced path names the missing step, and the roles that it stands for', () => {
  const reduced = { ...path, verdict: 'path_reduced', missing_step: 'iam:PassRole', role_count: 21 };

  expect(drawnPath(reduced)).toContain('└─ missing: iam:PassRole\n');
  expect(drawnPath(reduced)).toContain('└─ runs as arn:aws:iam::111122223333:role/app and 20 more roles\n');
});
