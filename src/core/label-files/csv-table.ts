/** A row of a table, with the line, from 1, that it begins on. */
export interface CsvRow {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * Rows of a CSV text (RFC 4180; comma, semicolon or tab, whichever the first line has most of): fields as they are, quotes
 * taken off. Lines without a sign are left out. Null: a quote that does not end.
 */
export function csvRows(text: string): CsvRow[] | null {
  const from = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const separator = separatorOf(text.slice(from, from + 100_000));
  const rows: CsvRow[] = [];
  let [fields, field]: [string[], string] = [[], ''];
  let [line, began, isQuoted] = [1, 1, false];
  const endRow = () => {
    fields.push(field);
    if (fields.length > 1 || field !== '') rows.push({ line: began, fields });
    [fields, field] = [[], ''];
  };
  for (let at = from; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === '\n' || (sign === '\r' && text[at + 1] !== '\n')) line++;
    if (isQuoted) {
      if (sign !== '"') field += sign;
      else if (text[at + 1] === '"') field += text[++at];
      else isQuoted = false;
    } else if (sign === '"' && field === '') isQuoted = true;
    else if (sign === separator) {
      fields.push(field);
      field = '';
    } else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && text[at + 1] === '\n') {
        at++;
        line++;
      }
      endRow();
      began = line;
    } else field += sign;
  }
  if (isQuoted) return null;
  endRow();
  return rows;
}

/** The sign that the first line has most of, what stands in quotes aside. */
function separatorOf(start: string): string {
  const line = /^(?:"(?:[^"]|"")*"|[^\r\n"])*/.exec(start)![0].replace(/"(?:[^"]|"")*"/g, '');
  const count = (separator: string) => line.split(separator).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best));
}
