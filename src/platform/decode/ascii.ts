/** `length` characters from `at`; shorter where the file ends. */
export function ascii(view: DataView, at: number, length: number): string {
  let text = '';
  const end = Math.min(view.byteLength, at + length);
  for (let i = at; i < end; i++) text += String.fromCharCode(view.getUint8(i));
  return text;
}
