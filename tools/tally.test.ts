import { describe, expect, test } from 'vitest';
import type { Report } from './tally.ts';
import { line, tally } from './tally.ts';

const report = (over: Partial<Report>): Report => ({
  success: true,
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...over,
});

describe('the last line', () => {
  test('adds up two runs', () => {
    const sum = tally([
      report({ numPassedTests: 40, numPendingTests: 1 }),
      report({
        numPassedTests: 2,
        numFailedTests: 3,
        success: false,
        testResults: [{ status: 'failed', assertionResults: [{ status: 'failed' }] }],
      }),
    ]);
    expect(line(sum)).toBe('42 passed, 3 failed, 1 skipped');
  });

  test('counts a file that failed before its tests, though no test failed', () => {
    const broken = report({ numPassedTests: 9, success: false, testResults: [{ status: 'failed', assertionResults: [] }] });
    expect(line(tally([broken]))).toBe('9 passed, 1 failed');
  });

  test('counts an error outside of any test, and a run without a report', () => {
    expect(line(tally([report({ numPassedTests: 9, success: false }), null]))).toBe('9 passed, 2 failed');
  });

  test('says nothing of skipped tests when there are none', () => {
    expect(line(tally([report({ numPassedTests: 1 })]))).toBe('1 passed, 0 failed');
  });
});
