import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../../core/dedup/keep-rules.ts';
import { defaultMerge } from '../../../core/dedup/merge.ts';
import { everything } from '../../../core/library/duplicate-scope.ts';
import { readPlanSettings } from './plan-settings.ts';
import { isNarrowed, readScope } from './scope-settings.ts';

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

describe('what is compared', () => {
  it('is read as it was written', () => {
    const scope = {
      compare: 'reference',
      references: ['Masters'],
      filter: { text: 'beach', allOf: [3], from: 5, to: null },
      leastBytes: 1000,
      formats: ['png'],
      ignored: ['*copy*', ''],
    };
    expect(readScope(JSON.stringify(scope))).toEqual(scope);
    expect(isNarrowed(readScope(JSON.stringify(scope)))).toBe(true);
    expect(readScope(JSON.stringify(everything))).toEqual(everything);
  });

  it('is everything where what is stored is malformed', () => {
    for (const text of [
      null,
      '',
      '7',
      '{"compare":"some","references":[3],"leastBytes":-1}',
      '{"filter":{"allOf":"dog","from":"now"}}',
    ]) {
      expect(readScope(text)).toEqual(everything);
      expect(isNarrowed(readScope(text))).toBe(false);
    }
  });
});
