import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isLanguage, type Language } from './language.ts';

/** `local`: an instant, shown in the person's zone. `wall-clock`: a camera's local time kept as if it were UTC. */
export type TimeBasis = 'local' | 'wall-clock';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** 1234 -> "1,234". */
export function formatNumber(value: number, language: Language, digits = 0): string {
  return formatter(language, digits).format(value);
}

/** 0.873 -> "0.87": scores always have two decimals and a point, so that they read alike in every language. */
export function formatScore(score: number): string {
  return score.toFixed(2);
}

/** Cosine 0.873 -> "87": how alike two photos are, from 0 to 100. */
export function formatLikeness(cosine: number): string {
  return String(Math.round(100 * Math.max(0, cosine)));
}

/** Share 0..1 -> "42%". */
export function formatPercent(share: number, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** Bytes in the largest fitting decimal unit: 2_340_000 -> "2.3 MB". */
export function formatBytes(bytes: number, language: Language): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  // 999.95 kB would be shown as 1,000 kB: the next unit says it better.
  while (unit < units.length - 1 && value >= (unit === 0 ? 1000 : 999.5)) {
    value /= 1000;
    unit++;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[unit] ?? 'byte',
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: digits,
  }).format(value);
}

/** Seconds in words, at most two units, rounded up to what a person can use: 95 -> "1 min, 35 sec". */
export function formatDuration(seconds: number, language: Language): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const parts: [number, 'day' | 'hour' | 'minute' | 'second'][] = [
    [Math.floor(whole / 86_400), 'day'],
    [Math.floor(whole / 3600) % 24, 'hour'],
    [Math.floor(whole / 60) % 60, 'minute'],
    [whole % 60, 'second'],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  const shown = first < 0 ? parts.slice(3) : parts.slice(first, first + 2).filter(([amount]) => amount > 0);
  return new Intl.ListFormat(language, { type: 'unit', style: 'short' }).format(
    shown.map(([amount, unit]) =>
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(amount),
    ),
  );
}

/** MIME type of a picture -> what people call it: image/jpeg -> "JPEG". */
export function formatPictureType(type: string): string {
  return type.replace('image/', '').toUpperCase();
}

/** Milliseconds since 1970 -> "3 May 2024" in the language's own order. */
export function formatDate(milliseconds: number, language: Language, basis: TimeBasis = 'local'): string {
  return dateFormat(language, basis, { dateStyle: 'medium' }).format(milliseconds);
}

/** Milliseconds since 1970 -> date and time to the minute. */
export function formatDateTime(milliseconds: number, language: Language, basis: TimeBasis = 'local'): string {
  return dateFormat(language, basis, { dateStyle: 'medium', timeStyle: 'short' }).format(milliseconds);
}

/** Month 1..12 -> "May 2024". */
export function formatMonth(year: number, month: number, language: Language): string {
  return dateFormat(language, 'wall-clock', { year: 'numeric', month: 'long' }).format(
    Date.UTC(year, month - 1, 1),
  );
}

/** A list without an 'and'. The browser's own one of units puts nothing at all between Chinese texts. */
export function formatList(texts: readonly string[], language: Language): string {
  // `Intl.ListFormat` has nothing between in Chinese, unless there is an 'and'.
  return texts.join(language === 'en' ? ', ' : '、');
}

/** All of the above in the language on the screen. */
export function useFormat() {
  const { i18n } = useTranslation();
  const language: Language = isLanguage(i18n.language) ? i18n.language : 'en';
  return useMemo(
    () => ({
      language,
      number: (value: number, digits = 0) => formatNumber(value, language, digits),
      score: formatScore,
      /** Comma between, as the language has it. */
      list: (texts: readonly string[]) => formatList(texts, language),
      percent: (share: number) => formatPercent(share, language),
      bytes: (bytes: number) => formatBytes(bytes, language),
      duration: (seconds: number) => formatDuration(seconds, language),
      date: (milliseconds: number, basis?: TimeBasis) => formatDate(milliseconds, language, basis),
      dateTime: (milliseconds: number, basis?: TimeBasis) => formatDateTime(milliseconds, language, basis),
      month: (year: number, month: number) => formatMonth(year, month, language),
    }),
    [language],
  );
}

const numberFormats = new Map<string, Intl.NumberFormat>();

// Grids and long lists format thousands of numbers: making a formatter costs far more than using one.
function formatter(language: Language, digits: number): Intl.NumberFormat {
  const key = `${language} ${digits}`;
  let format = numberFormats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(language, { maximumFractionDigits: digits });
    numberFormats.set(key, format);
  }
  return format;
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(
  language: Language,
  basis: TimeBasis,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${language} ${basis} ${JSON.stringify(options)}`;
  let format = dateFormats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(
      language,
      basis === 'wall-clock' ? { ...options, timeZone: 'UTC' } : options,
    );
    dateFormats.set(key, format);
  }
  return format;
}
