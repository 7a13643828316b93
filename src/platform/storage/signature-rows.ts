import { signatureBytes, signatureVersion } from '../../core/image/signature.ts';
import type { ContentId } from '../../core/library/photo.ts';
import type { SignatureRow } from '../../core/library/stored-rows.ts';
import { type SignatureChunkRecord, signatureRows } from './schema.ts';
import { rowsByChunk } from './stored-chunks.ts';
import type { WriteTransaction } from './write-changes.ts';

/** Writes signatures of contents into their chunks. */
export async function putSignatures(
  transaction: WriteTransaction,
  rows: readonly SignatureRow[],
): Promise<void> {
  const store = transaction.objectStore('signatures');
  const groups = new Map<number, SignatureRow[]>();
  for (const row of rows) {
    const chunk = Math.floor(row.content / signatureRows);
    groups.set(chunk, [...(groups.get(chunk) ?? []), row]);
  }
  for (const [chunk, group] of groups) {
    const before: SignatureChunkRecord | undefined = await store.get(chunk);
    // What another version of the recipe made is of no use: it is made again.
    const kept = before?.version === signatureVersion ? before : null;
    const count = Math.max(kept?.rows ?? 0, ...group.map(({ content }) => (content % signatureRows) + 1));
    const records = new Uint8Array(count * signatureBytes);
    if (kept !== null) records.set(kept.records);
    for (const { content, signature } of group) {
      records.set(signature, (content % signatureRows) * signatureBytes);
    }
    await store.put({ chunk, version: signatureVersion, rows: count, records });
  }
}

/** Overwrites signatures with zeros: what is deleted for good is not kept. */
export async function clearSignatures(
  transaction: WriteTransaction,
  contents: readonly ContentId[],
): Promise<void> {
  const store = transaction.objectStore('signatures');
  for (const [number, rows] of rowsByChunk(contents, signatureRows)) {
    const chunk: SignatureChunkRecord | undefined = await store.get(number);
    if (chunk === undefined) continue;
    for (const row of rows) chunk.records.fill(0, row * signatureBytes, (row + 1) * signatureBytes);
    await store.put(chunk);
  }
}
