/** The rows 0..rowCount-1 that pass the test, ascending. */
export function matchingRows(rowCount: number, test: (row: number) => boolean): Uint32Array<ArrayBuffer> {
  let found = new Uint32Array(256);
  let count = 0;
  for (let row = 0; row < rowCount; row++) {
    if (!test(row)) continue;
    if (count === found.length) {
      const larger = new Uint32Array(2 * count);
      larger.set(found);
      found = larger;
    }
    found[count++] = row;
  }
  return found.slice(0, count);
}
