import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';

function written(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('info', { write: (line) => void lines.push(line) }));
  return lines.join('');
}

describe('the log', () => {
  it('writes a request without its query, headers and body', () => {
    const line = written((log) =>
      log.info(
        { req: { method: 'GET', url: '/v1/reports?q=Aminah', headers: { authorization: 'Bearer s3cret' }, body: 'private' } },
        'request',
      ),
    );
    expect(JSON.parse(line)).toMatchObject({ level: 'info', msg: 'request', req: { method: 'GET', path: '/v1/reports' } });
    expect(line).not.toMatch(/Aminah|s3cret|private/);
  });

  it('prefers the pattern of the route, which names no object', () => {
    expect(written((log) => log.info({ req: { url: '/v1/cases/abc', routeOptions: { url: '/v1/cases/:case' } } }))).toContain(
      '/v1/cases/:case',
    );
  });

  it('leaves out secrets and personal fields one level down, too', () => {
    const line = written((log) =>
      log.warn({ code: 'x', password: 'p1', reporter: { email: 'p2', phone: 'p3' }, config: { databaseUrl: 'p4' } }),
    );
    expect(line).toContain('"code":"x"');
    expect(line).not.toMatch(/p[1-4]/);
  });

  it('keeps the values of a row out of an error of the database', () => {
    const error = Object.assign(new Error('invalid input: "Aminah"'), {
      severity: 'ERROR',
      code: '23505',
      detail: 'Key (email)=(aminah@warung.example) already exists.',
      constraint: 'one_email',
    });
    const line = written((log) => log.error({ err: error }, 'insert failed'));
    expect(line).toContain('23505');
    expect(line).toContain('one_email');
    expect(line).not.toMatch(/aminah/i);
  });

  it('keeps the message of an error of our own', () => {
    expect(written((log) => log.error({ err: new Error('the anchor differs') }))).toContain('the anchor differs');
  });

  it('writes nothing below its level', () => {
    expect(written((log) => log.debug('chatter'))).toBe('');
  });
});
