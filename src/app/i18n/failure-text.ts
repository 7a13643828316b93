import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure, FailureCode } from '../../core/library/photo.ts';
import { formatNumber } from './format.ts';
import { currentLanguage } from './start.ts';

/** Codes whose `found` holds the decoder's or the browser's own words: shown after ours. */
const quoted: ReadonlySet<FailureCode> = new Set(['broken', 'unreadable', 'worker-crashed']);

/** A failure in the words of the language on the screen: what was found, what was expected, what to do. */
export function failureText(t: TFunction, failure: Failure): string {
  const shown = failure.code === 'too-many-pixels' ? grouped : (text: string) => text;
  const found = failure.found === undefined ? undefined : shown(failure.found);
  const limit = failure.limit === undefined ? undefined : shown(failure.limit);
  const text = t(`errors.failure.${failure.code}`, {
    found: found ?? t(failure.code === 'unsupported-type' ? 'errors.unknownKind' : 'errors.unknownFigure'),
    limit: limit ?? t('errors.unknownFigure'),
  });
  return quoted.has(failure.code) && failure.found
    ? t('errors.detail', { text, detail: failure.found })
    : text;
}

/** "3600" -> "3,600". */
function grouped(figure: string): string {
  return formatNumber(Number(figure), currentLanguage(), 1);
}

export function useFailureText(): (failure: Failure) => string {
  const { t } = useTranslation();
  return useCallback((failure: Failure) => failureText(t, failure), [t]);
}
