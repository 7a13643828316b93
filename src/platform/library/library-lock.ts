import { libraryLockName } from '../../protocol/owner.ts';

export interface LibraryLock {
  release(): void;
}

/**
 * Takes the lock; null if another tab has it.
 *
 * @param steal takes it from the other tab, which is told through its own `lost`
 * @param lost called when another tab takes it from this one
 */
export function takeLibraryLock(steal: boolean, lost: () => void): Promise<LibraryLock | null> {
  // Without locks (very old browsers) the owner's text in the database still keeps a second tab from writing.
  if (!('locks' in navigator)) return Promise.resolve({ release() {} });
  return new Promise((resolve, reject) => {
    let held = false;
    let released = false;
    const holding = navigator.locks.request(
      libraryLockName,
      steal ? { steal } : { ifAvailable: true },
      (lock) => {
        if (lock === null) {
          resolve(null);
          return;
        }
        held = true;
        return new Promise<void>((end) => {
          resolve({
            release() {
              released = true;
              end();
            },
          });
        });
      },
    );
    holding.catch((error: unknown) => {
      // A stolen lock rejects the request that held it.
      if (!held) reject(error);
      else if (!released) lost();
    });
  });
}
