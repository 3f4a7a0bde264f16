/** Severities, worst first; each has a colour class `severity-<name>`. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
