/** What Lambda tells a handler of its time (Lambda Developer Guide, "Using the Lambda context object"). */
export interface Context {
  getRemainingTimeInMillis(): number;
}

/** A state of the run: takes the state's input and gives its output; an error fails the state, with its name and message. */
type Step<Edges> = (edges: Edges, event: unknown, context: Context) => Promise<object>;

/** What Lambda calls. The edges are made at the first call, and stay for the next. */
export function lambda<Edges>(
  open: () => Edges,
  step: Step<Edges>,
): (event: unknown, context: Context) => Promise<object> {
  let edges: Edges | undefined;
  return (event, context) => {
    edges ??= open();
    return step(edges, event, context);
  };
}
