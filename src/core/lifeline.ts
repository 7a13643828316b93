/**
 * Calls that end with what answers them, such as a worker or a device: left alone, they would be pending for ever.
 *
 * Racing each against one promise of the end would do that, too, but a promise that is pending holds the outcome of every
 * race that it was ever part of: all pictures and vectors that a worker answered with, for as long as it lives.
 */
export class Lifeline {
  readonly #waiting = new Set<(reason: Error) => void>();
  #reason: Error | null = null;

  /** What the call comes to; rejects with the reason once the end has come. */
  hold<Value>(call: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      if (this.#reason === null) this.#waiting.add(reject);
      else reject(this.#reason);
      call.then(
        (value) => {
          this.#waiting.delete(reject);
          resolve(value);
        },
        (error: unknown) => {
          this.#waiting.delete(reject);
          reject(error);
        },
      );
    });
  }

  /** The first reason counts. */
  end(reason: Error): void {
    this.#reason ??= reason;
    for (const reject of this.#waiting) reject(this.#reason);
    this.#waiting.clear();
  }
}
