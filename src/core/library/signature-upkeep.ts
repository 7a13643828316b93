import { photoSignature } from '../image/signature.ts';
import type { Catalogue } from './catalogue.ts';
import type { ContentId } from './photo.ts';
import type { Clock, Pictures, SignatureRow } from './ports.ts';
import type { Signatures } from './signatures.ts';

const contentsPerWrite = 32;

/**
 * Gives photos that were imported before there were signatures theirs, from their thumbnails, a few at a time. What
 * cannot be shown is passed over until the library is opened again.
 */
export async function signOlderPhotos(
  catalogue: Catalogue,
  signatures: Signatures,
  pictures: Pictures,
  clock: Clock,
  isOver: () => boolean,
): Promise<void> {
  const { table, store } = catalogue;
  const lacking = new Set<ContentId>();
  for (const id of table.ids()) {
    const content = table.contentOf(id);
    if (content !== null && !signatures.has(content)) lacking.add(content);
  }
  const contents = [...lacking];
  for (let from = 0; from < contents.length && !isOver(); from += contentsPerWrite) {
    const part = contents.slice(from, from + contentsPerWrite);
    const thumbnails = await store.thumbnails(part);
    const rows: SignatureRow[] = [];
    for (const [n, content] of part.entries()) {
      const thumbnail = thumbnails[n] ?? null;
      const picture = thumbnail === null ? null : await pictures.decode(thumbnail);
      if (picture !== null) rows.push({ content, signature: photoSignature(picture) });
      await clock.breathe();
    }
    const written = await catalogue.exclusive(async () => {
      // Photos may have been deleted for good meanwhile.
      const still = rows.filter(({ content }) => table.photosOf(content).length > 0);
      if (still.length === 0 || isOver()) return 'written';
      const result = await catalogue.write({ signatures: still }, 'relaxed');
      if (result === 'written') signatures.add(still);
      return result;
    });
    // Full storage, or another tab's library: the next opening goes on.
    if (written !== 'written') return;
  }
}
