import { accountNamed, functionNamed } from '../find.ts';
import { publicUrlPolicy } from '../organization/exposed_functions.ts';
import type { LambdaFunction, Organization } from '../organization/model.ts';
import { type Chapter, driftOf, type PartOfRow } from './chapter.ts';

const survey = (standing: Organization): LambdaFunction =>
  functionNamed(accountNamed(standing, 'data-production'), 'marketing-survey-api');

function open(standing: Organization): void {
  survey(standing).urls[''] = 'NONE';
  survey(standing).policies[''] = publicUrlPolicy;
}

function close(standing: Organization): void {
  delete survey(standing).urls[''];
  delete survey(standing).policies[''];
}

export const publicByUrl: Chapter = {
  changes: [
    { date: '2026-11-02', apply: open },
    { date: '2026-11-16', apply: close },
  ],
  events(at) {
    const { arn, region } = survey(at('2026-11-02'));
    const seen: PartOfRow = { function_arn: arn };
    const changed: PartOfRow = { kind: 'function_exposure_changed', subject: arn, region };
    const publicOn = (date: '2026-10-26' | '2026-11-02') => ({
      date,
      question: 'public_functions',
      parameters: { snapshot: date },
    });
    return [
      { ...publicOn('2026-10-26'), what: 'Nobody outside can call the survey.', expected: [], absent: [seen] },
      { ...publicOn('2026-11-02'), what: 'A function URL opens the survey to everybody.', expected: [seen] },
      {
        ...driftOf('2026-11-02'),
        what: 'The same as a change.',
        expected: [{ ...changed, before: 'private', after: 'public' }],
      },
      {
        ...driftOf('2026-11-16'),
        what: 'The URL is gone again.',
        expected: [{ ...changed, before: 'public', after: 'private' }],
      },
    ];
  },
};
