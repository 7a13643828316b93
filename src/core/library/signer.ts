import { photoSignature } from '../image/signature.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { Pictures } from './model-ports.ts';
import type { ContentId } from './photo.ts';
import type { WriteResult } from './photo-store.ts';
import type { Signatures } from './signatures.ts';
import type { SignatureRow } from './stored-rows.ts';

const contentsPerWrite = 32;

export interface SignerParts {
  readonly catalogue: Catalogue;
  readonly signatures: Signatures;
  readonly pictures: Pictures;
  readonly clock: Clock;
  /** A bug in work that nobody waits for. */
  readonly crash: (error: unknown) => void;
}

/**
 * Gives photos that have no signature theirs (imported before there were any, or come back from a backup), from their
 * thumbnails, a few at a time. What cannot be shown is passed over until the library is opened again.
 */
export class Signer {
  readonly #parts: SignerParts;
  readonly #hopeless = new Set<ContentId>();
  #running = false;
  #again = false;
  #stopped = false;

  constructor(parts: SignerParts) {
    this.#parts = parts;
  }

  get isRunning(): boolean {
    return this.#running;
  }

  /** There may be photos without a signature. */
  look(): void {
    this.#again = true;
    if (!this.#running) this.#run().catch(this.#parts.crash);
  }

  stop(): void {
    this.#stopped = true;
  }

  async #run(): Promise<void> {
    this.#running = true;
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        await this.#parts.signatures.load();
        // Full storage, or another tab's library: the next opening goes on.
        if ((await this.#signAll()) !== 'written') return;
      }
    } finally {
      this.#running = false;
    }
  }

  async #signAll(): Promise<WriteResult> {
    const { catalogue, signatures } = this.#parts;
    const lacking = new Set<ContentId>();
    for (const id of catalogue.table.ids()) {
      const content = catalogue.table.contentOf(id);
      if (content !== null && !signatures.has(content) && !this.#hopeless.has(content)) lacking.add(content);
    }
    const contents = [...lacking];
    for (let from = 0; from < contents.length && !this.#stopped; from += contentsPerWrite) {
      const rows = await this.#sign(contents.slice(from, from + contentsPerWrite));
      const result = await this.#write(rows);
      if (result !== 'written') return result;
    }
    return 'written';
  }

  async #sign(contents: readonly ContentId[]): Promise<SignatureRow[]> {
    const { catalogue, pictures, clock } = this.#parts;
    const rows: SignatureRow[] = [];
    const thumbnails = await catalogue.store.thumbnails(contents);
    for (const [n, content] of contents.entries()) {
      const thumbnail = thumbnails[n] ?? null;
      const picture = thumbnail === null ? null : await pictures.decode(thumbnail);
      if (picture === null) this.#hopeless.add(content);
      else rows.push({ content, signature: photoSignature(picture) });
      await clock.breathe();
    }
    return rows;
  }

  #write(rows: readonly SignatureRow[]): Promise<WriteResult> {
    const { catalogue, signatures } = this.#parts;
    return catalogue.exclusive(async () => {
      // Photos may have been deleted for good meanwhile.
      const still = rows.filter(({ content }) => catalogue.table.photosOf(content).length > 0);
      if (still.length === 0 || this.#stopped) return 'written';
      const result = await catalogue.write({ signatures: still }, 'relaxed');
      if (result === 'written') signatures.add(still);
      return result;
    });
  }
}
