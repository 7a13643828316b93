import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatDateTime,
  formatDuration,
  formatList,
  formatMonth,
  formatScore,
} from './format.ts';
import { pickLanguage } from './language.ts';

describe('formatBytes', () => {
  it('takes the largest unit that fits', () => {
    expect(formatBytes(0, 'en')).toBe('0 bytes');
    expect(formatBytes(999, 'en')).toBe('999 bytes');
    expect(formatBytes(2_340_000, 'en')).toBe('2.3 MB');
    expect(formatBytes(999_600, 'en')).toBe('1 MB');
    expect(formatBytes(45_600_000_000, 'en')).toBe('46 GB');
    expect(formatBytes(2_340_000, 'zh-CN')).toContain('2.3');
  });

  it('never shows a thousand of anything but the largest unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9e14 }), (bytes) => {
        const number = Number.parseFloat(formatBytes(bytes, 'en').replaceAll(',', ''));
        expect(number).toBeLessThan(1000);
      }),
    );
  });
});

describe('formatDuration', () => {
  it('shows at most two units', () => {
    expect(formatDuration(0, 'en')).toBe('0 sec');
    expect(formatDuration(0.2, 'en')).toBe('1 sec');
    expect(formatDuration(95, 'en')).toBe('1 min, 35 sec');
    expect(formatDuration(3600, 'en')).toBe('1 hr');
    expect(formatDuration(90_061, 'en')).toBe('1 day, 1 hr');
    expect(formatDuration(95, 'zh-CN')).toMatch(/1.*分.*35.*秒/);
  });
});

it('shows a wall-clock time as the camera had it, whatever the zone', () => {
  expect(formatDateTime(Date.UTC(2024, 4, 3, 23, 59), 'en', 'wall-clock')).toMatch(/May 3, 2024, 11:59/);
});

it('names a month', () => {
  expect(formatMonth(2024, 5, 'en')).toBe('May 2024');
  expect(formatMonth(2024, 5, 'zh-CN')).toBe('2024年5月');
});

it('shows scores with two decimals', () => {
  expect(formatScore(0.866)).toBe('0.87');
  expect(formatScore(0)).toBe('0.00');
});

it('a list has something between its texts in either language', () => {
  expect(formatList(['1: 0.5', '2: 0.7'], 'en')).toBe('1: 0.5, 2: 0.7');
  expect(formatList(['1: 0.5', '2: 0.7'], 'zh-CN')).toBe('1: 0.5、2: 0.7');
});

describe('pickLanguage', () => {
  it('prefers what was chosen, then the first language that the app speaks', () => {
    expect(pickLanguage('zh-CN', ['en-US'])).toBe('zh-CN');
    expect(pickLanguage('xx', ['fr-FR', 'zh-TW', 'en'])).toBe('zh-CN');
    expect(pickLanguage(null, ['fr', 'EN-gb', 'zh'])).toBe('en');
    expect(pickLanguage(null, [])).toBe('en');
  });
});
