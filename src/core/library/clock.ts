export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds since some moment, with fractions; never goes back. */
  ticks(): number;
  /** Calls `then` once after that many milliseconds, unless the answer is called before. */
  after(milliseconds: number, then: () => void): () => void;
  /** Lets waiting messages be handled. */
  breathe(): Promise<void>;
}
