/** Lets the browser save a file, where and how the person has set it up. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser reads it some time after the click, and does not tell when.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
