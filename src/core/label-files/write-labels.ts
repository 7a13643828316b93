import { writeCoco } from './coco.ts';
import { writeCsv } from './csv.ts';
import { writeJson } from './json.ts';
import type { LabelFile } from './label-file.ts';

/** Tables, JSON that keeps all that was said, COCO. */
export type LabelTextKind = 'csv' | 'json' | 'coco';

const writers = { csv: writeCsv, json: writeJson, coco: writeCoco } as const satisfies Record<
  LabelTextKind,
  (file: LabelFile) => string
>;

export function writeLabels(file: LabelFile, kind: LabelTextKind): string {
  return writers[kind](file);
}
