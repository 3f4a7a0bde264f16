/** A state is stopped by ending its process; nobody aborts it from within. */
export const never: AbortSignal = new AbortController().signal;
