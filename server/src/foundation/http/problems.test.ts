import { describe, expect, it } from 'vitest';
import { Problem, type ProblemCode, problemDocument, problems, problemsReference } from './problems.ts';
import { asProblem } from './refusals.ts';

const codes = Object.keys(problems) as ProblemCode[];

describe('the table of problems', () => {
  it('has for each code an error status, a title and something to do', () => {
    for (const code of codes) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(problems[code].status).toBeGreaterThanOrEqual(400);
      expect(problems[code].title).not.toMatch(/[.]$/);
      expect(problems[code].remedy).toMatch(/[.]$/);
    }
  });

  it('says when to try again wherever waiting helps', () => {
    for (const code of codes.filter((each) => [429, 503].includes(problems[each].status)))
      expect(new Problem(code).retryAfter, code).toBeGreaterThan(0);
  });

  it('is the reference page, a row a code', () => {
    const page = problemsReference();
    for (const code of codes) expect(page.split('\n').filter((line) => line.startsWith(`| <a id="${code}"></a>`))).toHaveLength(1);
  });
});

describe('a problem', () => {
  it('is told as RFC 9457 says, with our code, places and request', () => {
    const errors = [{ pointer: '/a', code: 'field-unknown', detail: 'This field is not known here.' }] as const;
    expect(problemDocument(new Problem('field-unknown', 'why', { errors }), 'r1', 'https://trust.warung.example')).toEqual({
      ...{
        type: 'https://trust.warung.example/problems/field-unknown',
        title: problems['field-unknown'].title,
        status: 400,
        detail: 'why',
      },
      ...{ code: 'field-unknown', errors, requestId: 'r1' },
    });
  });

  it('is what every other error becomes, without its words', () => {
    const error = (fields: object, message = 'inner words') => Object.assign(new Error(message), fields);
    const told: [unknown, ProblemCode][] = [
      [error({}), 'internal'],
      ['thrown text', 'internal'],
      [error({ code: '40P01', severity: 'ERROR' }), 'unavailable'],
      [error({ code: '57P01', severity: 'FATAL' }), 'unavailable'],
      [error({ code: '23505', severity: 'ERROR' }), 'internal'],
      [error({ code: 'ECONNREFUSED', syscall: 'connect' }), 'unavailable'],
      [error({ code: 'ENOENT', syscall: 'open' }), 'internal'],
      [error({}, 'timeout exceeded when trying to connect'), 'unavailable'],
      [error({ statusCode: 418 }), 'bad-request'],
    ];
    for (const [thrown, code] of told) {
      expect(asProblem(thrown).code).toBe(code);
      expect(asProblem(thrown).detail).not.toContain('inner');
    }
  });
});
