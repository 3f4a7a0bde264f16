import { describe, expect, it } from 'vitest';
import { tagColumns, teamOf } from '../../collectors/ownership.ts';

describe('D8: the owning team by tag', () => {
  it.each<[Record<string, string>, string | null]>([
    [{ team: 'a' }, 'a'],
    [{ Owner: 'a' }, 'a'],
    [{ 'owner-team': 'a' }, 'a'],
    [{ SQUAD: 'a' }, 'a'],
    [{ owner: 'person', Team: 'a' }, 'a'],
    [{ team: '  ', owner: 'a' }, 'a'],
    [{ team: ' a ' }, 'a'],
    [{ team: '' }, null],
    [{ teams: 'a' }, null],
    [{}, null],
  ])('%j → %j', (tags, team) => {
    expect(teamOf(tags)).toBe(team);
  });
});

describe('A5: what tags say of a function', () => {
  it.each(['application', 'app', 'service', 'project'])('application by %s', (key) => {
    expect(tagColumns({ [key]: 'x' }).application).toBe('x');
  });
  it.each(['environment', 'env', 'stage'])('environment by %s', (key) => {
    expect(tagColumns({ [key]: 'x' }).environment).toBe('x');
  });
  it.each(['data-sensitivity', 'data-classification', 'sensitivity', 'classification'])('sensitivity by %s', (key) => {
    expect(tagColumns({ [key]: 'x' }).data_sensitivity).toBe('x');
  });
});
