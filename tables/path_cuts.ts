import { bigint, ofRegion, table, varchar } from './table.ts';

export const pathCuts = table({
  name: 'path_cuts',
  grain: 'statement or role that paths of an account go through, in the order in which they are best taken away',
  filling: 'collected',
  columns: {
    ...ofRegion,
    turn: bigint('Place in that order, from 1: each cuts most of what those before it leave'),
    kind: varchar('statement or role'),
    edge: varchar('Policy and position of the statement, or ARN of the role'),
    paths: bigint('Paths that go through it, each principal, method and role; reduced paths do not count'),
    principals: bigint('Principals whose paths they are'),
    cut: bigint('Paths that it cuts beyond those that are cut before it'),
  },
  key: ['account_id', 'turn'],
});
