import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** What is needed of Vitest's JSON report. */
export interface Report {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: readonly { status: string; assertionResults: readonly { status: string }[] }[];
}

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** Fewer tests than this in both runs together mean that a run saw nothing. */
export const least = 150;

/**
 * Adds up reports. A file that failed before its tests ran counts as one failure, and so does a run that failed without naming a test
 * (an error outside of any), or that left no report (null).
 */
export function tally(reports: readonly (Report | null)[]): Tally {
  const sum: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const report of reports) {
    if (report === null) {
      sum.failed += 1;
      continue;
    }
    const broken = report.testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
    );
    const failed = report.numFailedTests + broken.length;
    sum.passed += report.numPassedTests;
    sum.failed += failed === 0 && !report.success ? 1 : failed;
    sum.skipped += report.numPendingTests + report.numTodoTests;
  }
  return sum;
}

/** The plain last line of a run. */
export function line({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function read(file: string): Report | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch (error) {
    console.error(`no report in ${file}: ${(error as Error).message}`);
    return null;
  }
}

/** `tally.ts FAILED_STEPS REPORT…`: steps that failed without being tests (lint, types) count as failures too. */
function main([steps = '0', ...files]: readonly string[]): number {
  const sum = tally(files.map(read));
  sum.failed += Number(steps);
  const few = sum.passed + sum.failed < least;
  if (few) console.error(`only ${sum.passed + sum.failed} tests ran; at least ${least} must`);
  console.log(line(sum));
  return sum.failed === 0 && !few ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = main(process.argv.slice(2));
