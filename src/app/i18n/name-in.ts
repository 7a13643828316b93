/** A label's name in the language on the screen. */
export function nameIn(
  language: string,
  { names }: { readonly names: { readonly en: string; readonly zh: string } },
): string {
  return language.startsWith('zh') ? names.zh : names.en;
}
