import { expect, it } from 'vitest';
import { auditVerdict } from './release-check.mjs';

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
