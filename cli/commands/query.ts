import { Command } from 'commander';
import { ask } from '../../queries/ask.ts';
import { loadQuestions } from '../../queries/question.ts';
import type { Format } from '../../report/result.ts';
import { withPublished } from '../edges.ts';
import { type EngineFlags, parameterArgument, withEngineAndFormat } from '../options.ts';
import { printResult } from '../output.ts';
import { printAnswer } from '../print_answer.ts';

interface Options extends EngineFlags {
  readonly format: Format;
  readonly param: Record<string, string>;
}

function listQuestions(format: Format): void {
  const rows = loadQuestions().map((question) => ({
    name: question.name,
    title: question.title,
    parameters: question.parameters.map(({ name }) => name),
  }));
  const columns = [
    { name: 'name', type: 'varchar' },
    { name: 'title', type: 'varchar' },
    { name: 'parameters', type: 'array(varchar)' },
  ] as const;
  printResult({ columns, rows }, format);
}

export const query = withEngineAndFormat(
  new Command('query')
    .description('answer a saved question; without a name, list them')
    .argument('[name]', 'name of the question')
    .option('--param <name=value>', 'parameter of the question, repeatable', parameterArgument, {}),
).action(async (name: string | undefined, options: Options) => {
  if (name === undefined) return listQuestions(options.format);
  await withPublished(options, async (edges) => {
    printAnswer(await ask(edges, name, options.param), options.format);
  });
});
