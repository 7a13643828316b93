import { expect, it } from 'vitest';
import type { Label } from '../../../core/tagging/label.ts';
import type { TaughtSummary } from '../../../protocol/label-sets.ts';
import { neverGiven } from './never-given.ts';

it('lists labels that no threshold lets any photo have, but none of a head that says nothing any more', () => {
  const labels = ['0', '1', '2'].map((label) => ({ label }));
  const report = { labels } as unknown as TaughtSummary['report'];
  const known = [0.4, null].map((threshold, number) => ({ number, threshold }) as Label);
  // The last label has been deleted since.
  const table = { get: (number: number) => known[number] };
  expect(neverGiven({ stale: false, report }, table)).toEqual([known[1]]);
  expect(neverGiven({ stale: true, report }, table)).toEqual([]);
  expect(neverGiven({ stale: false, report: null }, table)).toEqual([]);
});
