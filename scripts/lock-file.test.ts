import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
  packages: Readonly<Record<string, LockedPackage>>;
};

describe('the lock file', () => {
  it('names the native parts of every system, without which npm ci refuses it', () => {
    const missing = Object.entries(packages).flatMap(([folder, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`node_modules/${name}`] && !packages[`${folder}/node_modules/${name}`],
      ),
    );
    expect(missing).toEqual([]);
  });

  it('pins every package to its bytes', () => {
    for (const [folder, { integrity }] of Object.entries(packages))
      if (folder !== '') expect(integrity, folder).toMatch(/^sha512-/);
  });

  it('gives every package an exact version and leaves the registry to the person’s settings', () => {
    for (const [folder, { version, resolved }] of Object.entries(packages)) {
      expect(version, folder).toMatch(/^\d+\.\d+\.\d+/);
      expect(resolved, folder).toBeUndefined();
    }
  });
});
