import { zipOf } from '../../core/export/zip.ts';
import { type LabelFile, mostCharacters } from '../../core/label-files/label-file.ts';
import { vocFiles } from '../../core/label-files/voc.ts';
import { writeLabels } from '../../core/label-files/write-labels.ts';
import type { LabelSource } from '../../core/library/label-exchange.ts';
import type { LabelFileKind, LabelOrigin } from '../../protocol/label-sets.ts';
import { textOf } from '../files/decode-text.ts';

/** The texts of files of labels, unless they are too large to be read; or the photos' folders. */
export async function labelSource(
  files: LabelOrigin,
): Promise<LabelSource | { readonly ok: false; readonly problem: { readonly code: 'too-large' } }> {
  if ('root' in files) return { kind: 'folders', root: files.root };
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > mostCharacters) return { ok: false, problem: { code: 'too-large' } };
  const texts = await Promise.all(files.map(async (file) => ({ name: file.name, text: await textOf(file) })));
  return { kind: 'texts', texts };
}

export function labelBlob(file: LabelFile, kind: LabelFileKind): Blob {
  if (kind !== 'voc') return new Blob([writeLabels(file, kind)]);
  const encoder = new TextEncoder();
  const entries = vocFiles(file).map(({ path, text }) => ({
    path: encoder.encode(path),
    content: encoder.encode(text),
  }));
  return new Blob(zipOf(entries), { type: 'application/zip' });
}

/** A head's file: JSON as text, anything else as bytes. */
export async function headFile(file: File): Promise<string | Uint8Array> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const start = bytes.findIndex((byte) => byte > 0x20);
  return bytes[start] === 0x7b ? new TextDecoder().decode(bytes) : bytes;
}
