import { useCallback, useMemo, useState } from 'react';
import { modelSet } from '../../../core/evaluation/cell.ts';
import { builtInSet } from '../../../core/tagging/label-set.ts';
import type { KeptVersion } from '../../../protocol/figures.ts';
import type { LibraryCalls } from '../../engine/connection.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { useAnswer } from '../../engine/use-answer.ts';

type KeepArguments = Parameters<LibraryCalls['keepVersion']>;

export interface Versions {
  /** Latest first; null before they are known. */
  readonly all: readonly KeptVersion[] | null;
  /** Answers the version, or why it could not be kept. */
  keep(name: string, moved: KeepArguments[2]): ReturnType<LibraryCalls['keepVersion']>;
  remove(number: number): Promise<void>;
  restore(number: number): Promise<void>;
}

/** The kept versions of a set. */
export function useVersions(set: string): Versions {
  const library = useLibrary();
  const number = set === modelSet ? builtInSet : Number(set);
  const [changes, setChanges] = useState(0);
  const all = useAnswer(() => library.keptVersions(number), `${number} ${changes}`);
  const changed = useCallback(async <Result>(work: Promise<Result>): Promise<Result> => {
    const result = await work;
    setChanges((count) => count + 1);
    return result;
  }, []);
  return useMemo(
    () => ({
      all,
      keep: (name, moved) => changed(library.keepVersion(number, name, moved)),
      remove: (version) => changed(library.deleteVersion(version)),
      restore: (version) => changed(library.restoreVersion(version)),
    }),
    [all, changed, library, number],
  );
}
