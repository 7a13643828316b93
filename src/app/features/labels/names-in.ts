/** Names that were typed in a row, between commas (of either language) or on lines; each once. */
export function namesIn(text: string): readonly string[] {
  const names = text.split(/[,，、;；\n]/).map((name) => name.trim());
  return [...new Set(names)].filter((name) => name !== '');
}
