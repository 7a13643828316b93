import { tagsAsCsv, tagsAsJson } from '../../core/export/tag-tables.ts';
import type { TaggedPhoto } from '../../core/export/tagged-photo.ts';
import { sidecarPaths, xmpSidecar } from '../../core/export/xmp-sidecar.ts';
import { type ZipEntry, zipOf } from '../../core/export/zip.ts';
import type { TagFileKind } from '../../protocol/library.ts';

/** One file with the tags of all photos: a table, or an archive of sidecars. */
export function tagFile(kind: TagFileKind, photos: readonly TaggedPhoto[]): Blob {
  if (kind === 'csv') return new Blob([tagsAsCsv(photos)], { type: 'text/csv' });
  if (kind === 'json') return new Blob([tagsAsJson(photos)], { type: 'application/json' });
  return new Blob(zipOf(sidecars(photos)), { type: 'application/zip' });
}

function* sidecars(photos: readonly TaggedPhoto[]): Generator<ZipEntry> {
  const encoder = new TextEncoder();
  let next = 0;
  for (const path of sidecarPaths(photos)) {
    yield { path: encoder.encode(path), content: encoder.encode(xmpSidecar(photos[next++]!)) };
  }
}
