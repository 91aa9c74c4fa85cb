import reasonsFile from '../../../catalogue/reasons.json' with { type: 'json' };

export type Severity = 'critical' | 'high' | 'medium' | 'low';
/** The worst first. */
export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** What weighs as most reasons do: a matter of which nobody has said more than the harm. */
export const usualSeverity: Severity = 'high';

const reasons = reasonsFile.reasons as unknown as readonly { readonly clause: string; readonly severity: Severity }[];

/** How heavy a clause weighs: as the worst of the reasons that lead to it. */
export function severityOfClause(id: string): Severity {
  const leading = reasons.filter(({ clause }) => clause === id).map(({ severity }) => severity);
  return severities.find((severity) => leading.includes(severity)) ?? usualSeverity;
}
