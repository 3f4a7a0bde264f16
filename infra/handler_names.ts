/** Files of handlers/ that the state machine calls, in order; each runs as a role of its own, `rolecall-<name>`. */
export const handlerNames = ['plan', 'collect', 'stage', 'derive', 'publish', 'failed'] as const;
export type HandlerName = (typeof handlerNames)[number];
