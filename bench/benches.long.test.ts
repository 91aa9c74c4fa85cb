import { describe, test } from 'vitest';
import { hasTheForm } from './form.ts';

// Each starts a PostgreSQL with durable settings and a server: too long for every change.
describe('a bench ends with one JSON object of the common form, and leaves nothing behind', () => {
  test.for(['report-intake', 'screen-http', 'seal', 'start'])('%s', (name) => hasTheForm(name));
});
