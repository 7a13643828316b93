import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import type { GroupException } from './exceptions.ts';

/** Groups for which the person chose otherwise than the rules. */
export function ExceptionList({
  exceptions,
  onDrop,
}: {
  readonly exceptions: readonly GroupException[];
  readonly onDrop: (exception: GroupException) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = useRef<HTMLUListElement>(null);
  const last = exceptions.at(-1);
  useEffect(() => {
    // What was pressed to choose it is gone from the dry run.
    if (last !== undefined) list.current?.querySelector<HTMLElement>('li:last-child button')?.focus();
  }, [last]);
  if (exceptions.length === 0) return null;
  return (
    <section className="plan__part">
      <h3 id="duplicate-exceptions">{t('duplicates.exceptions')}</h3>
      <ul ref={list} className="plan-list" aria-labelledby="duplicate-exceptions">
        {exceptions.map((one) => {
          const names = format.list(one.names);
          return (
            <li key={one.photos.join()} className="plan-list__item">
              <span className="plan-list__words foreign-text">
                {t('duplicates.staysByYou', { count: one.stays.length, names })}
              </span>
              <Button
                size="small"
                className="plan-list__choose"
                aria-label={t('duplicates.byRulesAgain', { names })}
                onPress={() => onDrop(one)}
              >
                {t('duplicates.rulesAgain')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
