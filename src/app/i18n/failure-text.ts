import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure, FailureCode } from '../../core/library/photo.ts';

/** Codes whose `found` holds the decoder's or the browser's own words: shown after ours. */
const quoted: ReadonlySet<FailureCode> = new Set(['broken', 'unreadable', 'worker-crashed']);

/** A failure in the words of the language on the screen: what was found, what was expected, what to do. */
export function failureText(t: TFunction, failure: Failure): string {
  const text = t(`errors.failure.${failure.code}`, {
    found:
      failure.found ?? t(failure.code === 'unsupported-type' ? 'errors.unknownKind' : 'errors.unknownFigure'),
    limit: failure.limit ?? t('errors.unknownFigure'),
  });
  return quoted.has(failure.code) && failure.found
    ? t('errors.detail', { text, detail: failure.found })
    : text;
}

export function useFailureText(): (failure: Failure) => string {
  const { t } = useTranslation();
  return useCallback((failure: Failure) => failureText(t, failure), [t]);
}
