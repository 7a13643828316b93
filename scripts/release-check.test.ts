import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { auditVerdict, lockVerdicts } from './release-check.mjs';

it('a release needs an answer about vulnerabilities, and one that names none', () => {
  const clean = { vulnerabilities: {}, metadata: { vulnerabilities: { total: 0, high: 0 } } };
  expect(auditVerdict(JSON.stringify(clean))).toEqual({ ok: true, text: 'no known vulnerability' });
  const found = {
    vulnerabilities: { leftpad: { severity: 'high' } },
    metadata: { vulnerabilities: { total: 1, high: 1 } },
  };
  expect(auditVerdict(JSON.stringify(found))).toEqual({
    ok: false,
    text: '1 known vulnerabilities: leftpad (high)',
  });
  const refused = {
    message: '405 Method Not Allowed - POST https://registry.test/advisories',
    statusCode: 405,
  };
  expect(auditVerdict(JSON.stringify(refused))).toEqual({
    ok: false,
    text: "not asked: the registry answered '405 Method Not Allowed'; run this where it can be",
  });
  expect(auditVerdict('')).toMatchObject({ ok: false });
});

it('packages that are loose, given up, or run scripts are named; the present ones are none of it', () => {
  const good = { integrity: 'sha512-x' };
  const told = lockVerdicts({
    '': {},
    'node_modules/fine': good,
    'node_modules/fine/node_modules/loose': { integrity: 'sha1-x' },
    'node_modules/@a/old': { ...good, deprecated: 'use another' },
    'node_modules/busy': { ...good, hasInstallScript: true },
  });
  expect(told.integrity).toEqual({ ok: false, text: 'not pinned: loose' });
  expect(told['kept up']).toEqual({ ok: false, text: 'given up by their makers: @a/old' });
  expect(told['install scripts']).toEqual({ ok: false, text: 'not agreed to: busy' });
  const lock = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
  expect(Object.values(lockVerdicts(JSON.parse(lock).packages)).map(({ ok }) => ok)).toEqual([
    true,
    true,
    true,
  ]);
});
