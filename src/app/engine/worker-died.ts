/** The library worker ended by itself while a call was under way; what was committed is safe. */
export class WorkerDied extends Error {
  override name = 'WorkerDied';
}
