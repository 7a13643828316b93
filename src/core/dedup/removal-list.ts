import type { ScriptInput } from './removal-scripts.ts';

/** CSV (RFC 4180, with the byte order mark that spreadsheets look for); texts like formulas begin with an apostrophe. */
export function removalsAsCsv({ files, withoutPath }: ScriptInput): string {
  const lines = [
    'path,sha256,bytes,kept',
    ...files.map(({ path, sha256, bytes, kept }) =>
      [path, sha256, String(bytes), kept].map(csvField).join(','),
    ),
    ...withoutPath.map((name) => [name, '', '', ''].map(csvField).join(',')),
  ];
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

/** JSON: `{ format: 'picsift-removals', version: 1, files: [{ path, sha256, bytes, kept, keptSha256 }], withoutPath: [name] }`. */
export function removalsAsJson({ files, withoutPath }: ScriptInput): string {
  return `${JSON.stringify({ format: 'picsift-removals', version: 1, files, withoutPath }, null, 1)}\n`;
}

function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
