export type ActionName = 'make-inaccessible' | 'remove' | 'restore' | 'label';
export type DesiredState = 'visible' | 'inaccessible' | 'removed' | 'labelled';

/** A desired state of one target on the platform. Done only when the platform has acknowledged it. */
export interface Action {
  readonly id: string;
  readonly service: string;
  readonly case: string;
  readonly decision: string;
  readonly item: string;
  readonly targetSeq: number;
  readonly do: ActionName;
  readonly desired: DesiredState;
  readonly label: string | null;
  readonly temporary: boolean;
  readonly state: 'ordered' | 'acknowledged' | 'moot' | 'superseded';
  readonly reported: string | null;
  readonly mismatches: number;
  readonly notBefore: Date;
  readonly orderedAt: Date;
  readonly settledAt: Date | null;
}
