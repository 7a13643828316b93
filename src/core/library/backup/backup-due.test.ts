import { expect, it } from 'vitest';
import { isBackupDue } from './backup-due.ts';

it('a backup is due when the browser may clear the library and the last one, or the first photo, is a month old', () => {
  const day = 86_400_000;
  const now = 1000 * day;
  const due = (persisted: boolean, lastAt: number | null, since: number | null) =>
    isBackupDue({ persisted, lastAt, since, now });
  expect(due(false, now - 31 * day, 0)).toBe(true);
  expect(due(false, now - 29 * day, 0)).toBe(false);
  expect(due(false, null, now - 31 * day)).toBe(true);
  expect(due(false, null, now - 29 * day)).toBe(false);
  expect(due(false, null, null)).toBe(false);
  expect(due(true, null, 0)).toBe(false);
});
