import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportFailure, ImportFailures } from '../../../core/library/import-progress.ts';
import { navigate } from '../../engine/fragment.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { ignoreWorkerDied } from '../../engine/worker-died.ts';
import { useFailureText } from '../../i18n/failure-text.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';

const shownAtMost = 100;
/** While an import runs the list is asked for at most so often. */
const refreshMilliseconds = 1000;

/** The files of this run that failed, each with its reason; those that may work another time can be tried again. */
export function FailureList({ failed, working }: { readonly failed: number; readonly working: boolean }) {
  const { t } = useTranslation();
  const library = useLibrary();
  const { total, first, canRetry } = useFailures(failed, working);
  if (total === 0) return null;
  return (
    <details className="failures" open={!working}>
      <summary className="failures__summary">{t('import.failures', { count: total })}</summary>
      <ul className="failures__list" aria-label={t('import.failuresList')}>
        {first.map((failure, index) => (
          <FailureRow key={failure.id ?? `refused ${index}`} failure={failure} />
        ))}
      </ul>
      {total > first.length && (
        <p className="hint">{t('import.moreFailures', { count: total - first.length })}</p>
      )}
      {canRetry && (
        <Button size="small" icon="retry" onPress={() => void library.retry(null)}>
          {t('import.retryAll')}
        </Button>
      )}
    </details>
  );
}

function FailureRow({ failure }: { readonly failure: ImportFailure }) {
  const { t } = useTranslation();
  const library = useLibrary();
  const failureText = useFailureText();
  const { id, name, path, canRetry } = failure;
  return (
    <li className="failures__row">
      <span className="failures__words">
        {id === null ? (
          <bdi className="failures__name foreign-text">{path ?? name}</bdi>
        ) : (
          <button type="button" className="failures__open" onClick={() => navigate({ photo: id })}>
            <bdi className="failures__name foreign-text">{path ?? name}</bdi>
          </button>
        )}
        <span className="failures__reason foreign-text">{failureText(failure.failure)}</span>
      </span>
      {canRetry && id !== null && (
        <IconButton
          size="small"
          icon="retry"
          label={t('import.retryOne', { name })}
          onPress={() => void library.retry(Uint32Array.of(id))}
        />
      )}
    </li>
  );
}

const none: ImportFailures = { total: 0, first: [], canRetry: false };

function useFailures(failed: number, working: boolean): ImportFailures {
  const library = useLibrary();
  const [failures, setFailures] = useState(none);
  useEffect(() => {
    if (failed === 0) {
      setFailures(none);
      return;
    }
    let current = true;
    const ask = async () => {
      try {
        const answer = await library.importFailures(shownAtMost);
        if (current) setFailures(answer);
      } catch (error) {
        ignoreWorkerDied(error);
      }
    };
    const timer = setTimeout(() => void ask(), working ? refreshMilliseconds : 0);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [failed, working, library]);
  return failures;
}
