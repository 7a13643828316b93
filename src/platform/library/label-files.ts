import { zipOf } from '../../core/export/zip.ts';
import { type LabelFile, mostCharacters, type NamedText } from '../../core/label-files/label-file.ts';
import { vocFiles } from '../../core/label-files/voc.ts';
import { writeLabels } from '../../core/label-files/write-labels.ts';
import type { LabelSource } from '../../core/library/label-exchange.ts';
import type { LabelFileKind, LabelOrigin } from '../../protocol/label-sets.ts';
import { decodeText } from '../files/decode-text.ts';
import { isZip, readZip } from '../files/read-zip.ts';

/** What archives of labels hold beside labels: pictures, lists of them, what systems add. */
const isLabelFile = (path: string) =>
  /\.(xml|json|csv|tsv|txt)$/i.test(path) && !/(^|\/)(__MACOSX|\.)/.test(path);

/**
 * The texts of files of labels, those in ZIP archives included (of an archive with XML only that), unless they are too large to
 * be read; or the photos' folders. What cannot be read is named.
 */
export async function labelSource(
  files: LabelOrigin,
): Promise<LabelSource | { readonly ok: false; readonly problem: { readonly code: 'too-large' } }> {
  if ('root' in files) return { kind: 'folders', root: files.root };
  const texts: NamedText[] = [];
  const unread: string[] = [];
  let left = mostCharacters;
  for (const file of files) {
    for await (const { name, size, read } of labelFilesIn(file)) {
      left -= size;
      if (left < 0) return { ok: false, problem: { code: 'too-large' } };
      const bytes = await read();
      if (bytes === null) unread.push(name);
      else texts.push({ name, text: decodeText(bytes) });
    }
  }
  const [only] = files;
  const archive = files.length === 1 ? /^(.+?)(\.voc)?\.zip$/i.exec(only!.name)?.[1] : undefined;
  return { kind: 'texts', texts, unread, ...(archive !== undefined && { name: archive }) };
}

interface Readable {
  readonly name: string;
  readonly size: number;
  /** Null: it cannot be read. */
  readonly read: () => Promise<Uint8Array | null>;
}

async function* labelFilesIn(file: File): AsyncGenerator<Readable> {
  const start = await bytesOf(file.slice(0, 4));
  if (start === null || !isZip(start)) {
    yield { name: file.name, size: file.size, read: () => bytesOf(file) };
    return;
  }
  const archive = await readZip(file);
  if (archive === null) {
    yield { name: file.name, size: 0, read: async () => null };
    return;
  }
  const isXml = (path: string) => /\.xml$/i.test(path);
  const own = archive.files.filter(({ path }) => isLabelFile(path));
  const wanted = own.some(({ path }) => isXml(path)) ? own.filter(({ path }) => isXml(path)) : own;
  for (const { path, size, read } of wanted) yield { name: path, size, read };
  for (const path of archive.unread.filter(isLabelFile))
    yield { name: path, size: 0, read: async () => null };
}

/** Null: the file is gone, or may not be read. */
async function bytesOf(file: Blob): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return null; // named in the preview, or as why there is none
  }
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

/** A head's file: JSON as text, anything else as bytes; null: it cannot be read. */
export async function headFile(file: File): Promise<string | Uint8Array | null> {
  const bytes = await bytesOf(file);
  if (bytes === null) return null;
  const start = bytes.findIndex((byte) => byte > 0x20);
  return bytes[start] === 0x7b ? new TextDecoder().decode(bytes) : bytes;
}
