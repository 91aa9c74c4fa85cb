/** How Warung's ear for Perisai behaves: tests and the demo make it rain. */
export type Mode = 'fine' | 'down' | 'slow' | 'wrong';

/** `down`: webhooks get 503 · `slow`: they get their answer late · `wrong`: actions are done, but another state is acknowledged. */
export interface Weather {
  mode(): Mode;
  set(mode: Mode): void;
  lie(): boolean;
}

/** Begins fine. */
export function makeWeather(): Weather {
  let now: Mode = 'fine';
  return {
    mode: () => now,
    set(mode) {
      now = mode;
    },
    lie: () => now === 'wrong',
  };
}
