import { describe, expect, it } from 'vitest';
import { incompatible, packagesOf } from './licences.mjs';

const one = (name: string, licence: string, inApp = true) => ({ name, version: '1.0.0', licence, inApp });

describe('licences', () => {
  it('of all packages go with MIT', () => {
    const packages = packagesOf();
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.find(({ name }) => name === 'react')).toMatchObject({ licence: 'MIT', inApp: true });
    expect(packages.find(({ name }) => name === 'vitest')).toMatchObject({ inApp: false });
    expect(incompatible(packages)).toEqual([]);
  });

  it('that bind what they are part of are found, and those that nobody knows', () => {
    const names = (...packages: ReturnType<typeof one>[]) => incompatible(packages).map(({ name }) => name);
    expect(names(one('a', 'GPL-3.0'), one('b', 'unknown'), one('c', 'MIT AND GPL-2.0'))).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(names(one('d', 'MIT OR GPL-2.0'), one('e', '(MIT AND ISC)'))).toEqual([]);
    // Of one library alone, and only where it was thought about.
    expect(names(one('libheif-js', 'LGPL-3.0'), one('other', 'LGPL-3.0'), one('f', 'MPL-2.0'))).toEqual([
      'other',
      'f',
    ]);
    expect(names(one('g', 'MPL-2.0', false))).toEqual([]);
  });
});
