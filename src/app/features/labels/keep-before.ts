import type { LibraryCalls } from '../../engine/connection.ts';

/**
 * Keeps what a set says before it is taught anew: a version that Evaluate compares the new answers with. Where nothing is judged,
 * or more than a version holds, there is none.
 *
 * @returns what is to be called when the teaching is over: the version takes the place of what was kept so before, or goes
 * again where nothing was taught
 */
export async function keepBefore(
  library: LibraryCalls,
  set: number,
  name: string,
): Promise<(isTaught: boolean) => Promise<void>> {
  const before = (await library.keptVersions(set)).filter((version) => version.name === name);
  const kept = await library.keepVersion(set, name, {});
  return async (isTaught) => {
    if (typeof kept === 'string') return;
    for (const { number } of isTaught ? before : [kept]) await library.deleteVersion(number);
  };
}
