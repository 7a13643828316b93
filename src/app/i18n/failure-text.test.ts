import i18next from 'i18next';
import { beforeAll, expect, it } from 'vitest';
import { english } from './en/index.ts';
import { failureText } from './failure-text.ts';

beforeAll(async () => {
  await i18next.init({ lng: 'en', ns: 'app', defaultNS: 'app', resources: { en: { app: english } } });
});

it('groups the digits of figures, and of nothing else', () => {
  const text = (found: string, limit: string) =>
    failureText(i18next.t, { code: 'too-many-pixels', found, limit });
  expect(text('3600', '120')).toMatch(/^Too large: 3,600 megapixels, the limit is 120\./);
  expect(text('1.1', '1000')).toMatch(/^Too large: 1\.1 megapixels, the limit is 1,000\./);
  expect(failureText(i18next.t, { code: 'broken', found: 'error 3600' })).toContain('(error 3600)');
});

it('says so where a figure is not known', () => {
  expect(failureText(i18next.t, { code: 'too-many-pixels' })).toContain('unknown megapixels');
});
