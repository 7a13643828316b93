import { storedText, storeText } from '../engine/stored-text.ts';

export const languages = ['en', 'zh-CN'] as const;

/** A language that the app speaks, as a BCP 47 tag. */
export type Language = (typeof languages)[number];

/** Each language in its own words. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文' };

const storageKey = 'picsift.language';

export function isLanguage(text: string | null | undefined): text is Language {
  return languages.some((language) => language === text);
}

/**
 * The language to start with: what the person chose earlier, else the first of the browser's languages that the app
 * speaks (any Chinese counts as Simplified Chinese), else English.
 */
export function pickLanguage(stored: string | null, preferred: readonly string[]): Language {
  if (isLanguage(stored)) return stored;
  for (const tag of preferred) {
    const primary = tag.toLowerCase().split('-')[0];
    if (primary === 'zh') return 'zh-CN';
    if (primary === 'en') return 'en';
  }
  return 'en';
}

export function storedLanguage(): string | null {
  return storedText(storageKey);
}

export function storeLanguage(language: Language): void {
  storeText(storageKey, language);
}
