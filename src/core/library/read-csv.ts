/**
 * Rows of a CSV text (RFC 4180; comma, semicolon or tab, whichever the first line has most of): fields as they are, quotes
 * taken off. Lines without anything are left out.
 *
 * @returns rows with the line, from 1, that each begins on; null for an open quote at the end
 */
export function readCsv(text: string): { readonly line: number; readonly fields: string[] }[] | null {
  const source = text.replace(/^\ufeff/, '');
  const separator = separatorOf(source);
  const rows: { line: number; fields: string[] }[] = [];
  let [fields, field]: [string[], string] = [[], ''];
  let [line, began, isQuoted] = [1, 1, false];
  const endRow = () => {
    fields.push(field);
    if (fields.some((one) => one.trim() !== '')) rows.push({ line: began, fields });
    [fields, field] = [[], ''];
  };
  for (let at = 0; at < source.length; at++) {
    const letter = source[at]!;
    if (letter === '\n') line++;
    if (isQuoted) {
      if (letter !== '"') field += letter;
      else if (source[at + 1] === '"') field += source[++at];
      else isQuoted = false;
    } else if (letter === '"' && field === '') isQuoted = true;
    else if (letter === separator) {
      fields.push(field);
      field = '';
    } else if (letter === '\n') {
      endRow();
      began = line;
    } else if (letter !== '\r') field += letter;
  }
  if (isQuoted) return null;
  endRow();
  return rows;
}

function separatorOf(source: string): string {
  const first = source.slice(0, source.search(/[\r\n]|$/));
  const counted = [',', ';', '\t'].map((one) => ({ one, count: first.split(one).length }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).one;
}
