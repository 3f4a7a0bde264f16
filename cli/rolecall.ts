import { setFlagsFromString } from 'node:v8';
import { Command, CommanderError } from 'commander';
import { version } from '../package_root.ts';
import { allCommands } from './commands/all.generated.ts';
import { exitCodeOf, failureText } from './failure.ts';
import { Interrupted } from './interrupt.ts';

// A command is over in seconds: compiling its code anew, for speed, pays only where it runs very often. With the budget
// that the V8 of Node 20 gives by itself, a fifth of the CPU time of a snapshot goes into compiling; later ones have no
// such budget.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=1000000');

/** Parses the command line, runs the command and answers the exit code: 0 fine, 1 a gate refused, 2 usage, 3 nothing read. */
async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('rolecall')
    .description(
      'Which Lambda functions run as which roles, what those roles can do, what changed, and what to fix first.',
    )
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text) });
  for (const load of commandsFor(argv[2])) program.addCommand((await load()).exitOverride());
  await program.parseAsync(argv);
}

/** The command that is called; all of them for help and for a name that is none. */
function commandsFor(name = ''): readonly (() => Promise<Command>)[] {
  return Object.hasOwn(allCommands, name) ? [allCommands[name]!] : Object.values(allCommands);
}

function say(error: unknown): void {
  // Of these commander has told already.
  if (error instanceof CommanderError) return;
  process.stderr.write(`rolecall: ${failureText(error, process.env.ROLECALL_DEBUG === '1')}\n`);
}

/** For errors that come from outside the command's own course, which then cannot go on. */
function end(error: unknown): never {
  say(error);
  process.exit(exitCodeOf(error));
}

process.on('uncaughtException', end);
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of a pipe (head, less) may leave before everything is written.
  if (error.code === 'EPIPE') process.exit(0);
  end(error);
});
// Messages that nobody can read are no reason to fail.
process.stderr.on('error', () => undefined);

try {
  await main(process.argv);
} catch (error) {
  say(error);
  process.exitCode = exitCodeOf(error);
  // Requests under way and retries that sleep would keep the process for as long as they take.
  if (error instanceof Interrupted) process.exit();
}
