import { removalsAsCsv, removalsAsJson } from '../../core/dedup/removal-list.ts';
import { powerShellScript, type ScriptInput, shellScript } from '../../core/dedup/removal-scripts.ts';
import type { DuplicateFileKind } from '../../protocol/duplicates.ts';

const writers: Readonly<Record<DuplicateFileKind, readonly [(input: ScriptInput) => string, string]>> = {
  csv: [removalsAsCsv, 'text/csv'],
  json: [removalsAsJson, 'application/json'],
  sh: [shellScript, 'application/x-sh'],
  ps1: [powerShellScript, 'text/plain'],
};

/** What a dry run lists, as a file for other programs. */
export function removalFile(kind: DuplicateFileKind, input: ScriptInput): Blob {
  const [write, type] = writers[kind];
  return new Blob([write(input)], { type: `${type};charset=utf-8` });
}
