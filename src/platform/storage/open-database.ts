import { deleteDB, openDB } from 'idb';
import { wordsOf } from '../../core/error-words.ts';
import { type Database, databaseName, type LibrarySchema, migrations, type Upgrade } from './schema.ts';

export type OpenedDatabase =
  | { readonly kind: 'open'; readonly database: Database }
  /** Made by a newer Picsift; nothing was changed. */
  | { readonly kind: 'newer'; readonly found: number; readonly expected: number }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** How long to wait for another tab to let an older version of the database go. */
const blockedMilliseconds = 5000;

/**
 * Opens the library's database, bringing an older one up to date.
 *
 * @param closed called when the connection ends though nobody asked for it: another tab needs a newer version or
 *   deletes the library, or the browser takes the storage away
 */
export async function openDatabase(
  closed: () => void,
  name: string = databaseName,
  steps: typeof migrations = migrations,
): Promise<OpenedDatabase> {
  let database: Database | null = null;
  let reason: unknown = null;
  let giveUp: (reason: string) => void = () => {};
  const blocked = new Promise<OpenedDatabase>((resolve) => {
    giveUp = (reason) => resolve({ kind: 'unavailable', reason });
  });
  const begin = () =>
    openDB<LibrarySchema>(name, steps.length, {
      upgrade(upgraded, oldVersion, _newVersion, transaction) {
        transaction.done.catch(() => {}); // told by the opening
        bringUpToDate(upgraded, transaction, steps.slice(oldVersion)).catch((error: unknown) => {
          reason = error;
          // All of it or nothing: the database stays as it was.
          transaction.abort();
        });
      },
      blocked() {
        setTimeout(
          () => giveUp('another tab keeps an older version of the library open'),
          blockedMilliseconds,
        );
      },
      blocking() {
        database?.close();
        closed();
      },
      terminated: closed,
    });
  // Where storage is forbidden the call itself throws.
  const opening = Promise.resolve()
    .then(begin)
    .then(
      (opened): OpenedDatabase => {
        database = opened;
        return { kind: 'open', database: opened };
      },
      (error: unknown) => refusal(reason ?? error, name, steps.length),
    );
  return Promise.race([opening, blocked]);
}

async function bringUpToDate(
  database: Database,
  transaction: Upgrade,
  steps: typeof migrations,
): Promise<void> {
  for (const step of steps) await step(database, transaction);
}

async function refusal(error: unknown, name: string, expected: number): Promise<OpenedDatabase> {
  if (error instanceof DOMException && error.name === 'VersionError') {
    const newer = await openDB(name);
    const found = newer.version;
    newer.close();
    return { kind: 'newer', found, expected };
  }
  return { kind: 'unavailable', reason: wordsOf(error) };
}

/** Deletes the database; connections that are still open elsewhere are told to close. */
export function deleteDatabase(name: string = databaseName): Promise<void> {
  return deleteDB(name);
}
