/**
 * Whether a verb of the library was refused as there is no more room; errors lose their class on the way from the worker,
 * not their words.
 */
export const isStorageFull = (reason: unknown): boolean =>
  reason instanceof Error && reason.message.includes('not stored: storage-full');
