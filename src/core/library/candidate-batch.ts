import type { Candidate } from './candidate.ts';

/** Bounds of one transaction: it must not keep others waiting for long. */
const mostFiles = 256;
const mostBytes = 64 * 2 ** 20;

/** Candidates of one transaction. Two that could be the same source never share one. */
export class CandidateBatch {
  #candidates: Candidate[] = [];
  #bytes = 0;
  #keys = new Set<string>();

  fits(candidate: Candidate): boolean {
    return (
      this.#candidates.length === 0 ||
      (this.#candidates.length < mostFiles &&
        this.#bytes + storedBytes(candidate) <= mostBytes &&
        !this.#keys.has(sourceKey(candidate)))
    );
  }

  push(candidate: Candidate): void {
    this.#candidates.push(candidate);
    this.#bytes += storedBytes(candidate);
    this.#keys.add(sourceKey(candidate));
  }

  take(): readonly Candidate[] {
    const candidates = this.#candidates;
    this.#candidates = [];
    this.#bytes = 0;
    this.#keys = new Set();
    return candidates;
  }
}

function storedBytes({ handle, bytes }: Candidate): number {
  return handle === null ? bytes.size : 0;
}

function sourceKey({ name, path }: Candidate): string {
  return path ?? `/${name}`;
}
