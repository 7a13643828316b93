/** Side of a cell, CSS pixels: numbers fit into those of small matrices, all fingers into all. */
export function sizeOfCells(classes: number): number {
  if (classes <= 12) return 46;
  return classes <= 30 ? 34 : 24;
}

/** Whether a cell's side leaves no room for letters of the usual size. */
export function isSmallCell(size: number): boolean {
  return size < 30;
}

/** Whether a cell of that size has room for a number: letters of 6.2 pixels, in small cells of 5.6. */
export function fitsIntoCell(text: string, size: number): boolean {
  return text.length * (isSmallCell(size) ? 5.6 : 6.2) <= size - 2;
}

/** Numbers of rows or columns; may reach beyond those that there are. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

const beyond = 6;

/**
 * Rows (or columns) of some size that are in sight of a scroller, with some beyond its edges. In steps, so that not every pixel
 * of scrolling draws anew.
 */
export function spanOf(scrolled: number, length: number, size: number): Span {
  const first = Math.floor(scrolled / size / beyond) * beyond - beyond;
  return { first, last: first + Math.ceil(length / size) + 3 * beyond };
}

export interface MatrixPlace {
  readonly row: number;
  readonly column: number;
}

const page = 10;

/** Where a key leads in a matrix of that size; null for keys that do not move. */
export function movedTo(
  { row, column }: MatrixPlace,
  key: string,
  isWhole: boolean,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): MatrixPlace | null {
  const last = { row: rows - 1, column: columns - 1 };
  const within = (place: MatrixPlace): MatrixPlace => ({
    row: Math.min(last.row, Math.max(0, place.row)),
    column: Math.min(last.column, Math.max(0, place.column)),
  });
  switch (key) {
    case 'ArrowUp':
      return within({ row: row - 1, column });
    case 'ArrowDown':
      return within({ row: row + 1, column });
    case 'ArrowLeft':
      return within({ row, column: column - 1 });
    case 'ArrowRight':
      return within({ row, column: column + 1 });
    case 'PageUp':
      return within({ row: row - page, column });
    case 'PageDown':
      return within({ row: row + page, column });
    case 'Home':
      return within({ row: isWhole ? 0 : row, column: 0 });
    case 'End':
      return within({ row: isWhole ? last.row : row, column: last.column });
    default:
      return null;
  }
}
