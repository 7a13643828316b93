/** The library worker ended by itself while a call was under way; what was committed is safe. */
export class WorkerDied extends Error {
  override name = 'WorkerDied';
}

/** For answers that are asked for again once the library is back, which the engine tells. Throws any other error. */
export function ignoreWorkerDied(error: unknown): void {
  if (!(error instanceof WorkerDied)) throw error;
}
