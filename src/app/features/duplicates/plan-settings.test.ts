import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../../core/dedup/keep-rules.ts';
import { defaultMerge } from '../../../core/dedup/merge.ts';
import { readPlanSettings } from './plan-settings.ts';

describe('settings of clearing up', () => {
  it('are read as they were written', () => {
    const settings = {
      rules: [{ kind: 'folder-order', folders: ['Masters'] }, { kind: 'newest' }],
      merge: { tags: false, favourite: true, captureDate: 'oldest', name: 'camera' },
    };
    expect(readPlanSettings(JSON.stringify(settings))).toEqual(settings);
  });

  it('take the default for whatever is malformed', () => {
    for (const text of [
      null,
      '',
      '[',
      '3',
      '{"rules":[{"kind":"worst"}],"merge":7}',
      '{"rules":[{"kind":"folder-order"}]}',
    ]) {
      expect(readPlanSettings(text)).toEqual({ rules: defaultRules, merge: defaultMerge });
    }
  });
});
