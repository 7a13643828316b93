import { expect, it } from 'vitest';
import { StoreRefused } from '../../../core/library/store-refused.ts';
import { WorkerDied } from '../../engine/worker-died.ts';
import { refusalNotice } from './refusal-notice.ts';

it('a refused decision is told by its reason; bugs are none of them', () => {
  expect(refusalNotice(new StoreRefused('storage-full'))).toBe('notSavedFull');
  // As in platform/library/page-calls.ts.
  expect(refusalNotice(new Error('not done: the library was removed meanwhile'))).toBe('notDoneRemoved');
  expect(refusalNotice(new WorkerDied('gone'))).toBe('notSaved');
  expect(refusalNotice(new Error('x is undefined'))).toBeNull();
  expect(refusalNotice('text')).toBeNull();
});
