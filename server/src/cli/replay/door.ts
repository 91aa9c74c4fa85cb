/** Perisai's HTTP API, as the provider's service calls it. */
export interface Door {
  /** @returns the answer's body. @throws DoorRefusal */
  post(path: string, body: unknown): Promise<unknown>;
  get(path: string): Promise<unknown>;
}

/** The door answered with a problem; `code` is its word for why. */
export class DoorRefusal extends Error {
  override readonly name = 'DoorRefusal';
  readonly status: number;
  readonly code: string;
  constructor(path: string, status: number, problem: { code?: unknown; detail?: unknown }) {
    super(`${path} was answered ${status} ${String(problem.code ?? '')}: ${String(problem.detail ?? '')}`);
    this.status = status;
    this.code = String(problem.code ?? status);
  }
}

export function openDoor(base: string, key: string): Door {
  const call = async (path: string, init: RequestInit) => {
    const response = await fetch(new URL(path, base), { ...init, headers: { ...init.headers, authorization: `Bearer ${key}` } });
    const body = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new DoorRefusal(path, response.status, body);
    return body;
  };
  return {
    get: (path) => call(path, {}),
    post: (path, body) => call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  };
}
