import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { english } from './en/index.ts';
import type { later } from './en/later.ts';
import { isolateDirection } from './isolate.ts';
import { isLanguage, type Language, pickLanguage, storedLanguage, storeLanguage } from './language.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    returnNull: false;
    resources: { app: typeof english & typeof later };
  }
}

/**
 * Sets i18next up. Resolves before the first paint: English is at hand, Simplified Chinese is a chunk of its own that
 * is awaited if it is the language to start with.
 */
export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    ns: 'app',
    defaultNS: 'app',
    resources: { en: { app: english } },
    returnNull: false,
    // React escapes what it renders; texts are data and never become markup. But their direction must not spread.
    interpolation: { escapeValue: true, escape: isolateDirection },
    react: { useSuspense: false },
  });
  await show(pickLanguage(storedLanguage(), navigator.languages));
}

/** A screen was opened whose texts are loaded with it. */
let needsLaterTexts = false;

/** Texts of the screens that are loaded when first opened: see en/later.ts. */
async function loadLaterTexts(language: Language): Promise<void> {
  const { later } = await (language === 'en' ? import('./en/later.ts') : import('./zh/later.ts'));
  i18next.addResourceBundle(language, 'app', later, true);
}

/** What a screen's chunk and its texts are loaded with. */
export async function withTexts<Loaded>(load: Promise<Loaded>): Promise<Loaded> {
  load.catch(() => {}); // awaited last
  needsLaterTexts = true;
  let language: Language;
  do {
    language = currentLanguage();
    await loadLaterTexts(language);
  } while (language !== currentLanguage()); // it was switched meanwhile
  return load;
}

/** Switches at run time and remembers the choice. Rejects if the language cannot be loaded; the old one stays. */
export async function changeLanguage(language: Language): Promise<void> {
  await show(language);
  storeLanguage(language);
}

/** The language on the screen. */
export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : 'en';
}

async function show(language: Language): Promise<void> {
  if (language === 'zh-CN' && !i18next.hasResourceBundle(language, 'app')) {
    const { chinese } = await import('./zh/index.ts');
    i18next.addResourceBundle(language, 'app', chinese);
  }
  if (needsLaterTexts) await loadLaterTexts(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
