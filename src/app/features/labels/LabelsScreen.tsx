import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { useLabelSets } from '../../engine/label-sets.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ImportLabelsDialog } from './ImportLabelsDialog.tsx';
import { NewSetDialog } from './NewSetDialog.tsx';
import { SetPage } from './SetPage.tsx';
import './labels.css';

/** Label sets: made, filled, taught. */
export default function LabelsScreen() {
  const { t } = useTranslation();
  const { set: wanted } = useFragment();
  const sets = useLabelSets();
  const [making, setMaking] = useState(false);
  const [importing, setImporting] = useState(false);
  if (sets === null) return <div className="labels" aria-busy="true" />;
  const open = sets.find(({ id }) => id === wanted) ?? null;
  const actions = (
    <>
      <Button variant="primary" icon="plus" onPress={() => setMaking(true)}>
        {t('labels.newSet')}
      </Button>
      <Button icon="upload" onPress={() => setImporting(true)}>
        {t('labels.importLabels')}
      </Button>
    </>
  );
  return (
    <div className={`labels ${open === null ? '' : 'labels--open'}`}>
      {sets.length === 0 ? (
        <EmptyState icon="tag" title={t('labels.emptyTitle')} text={t('labels.emptyText')}>
          {actions}
        </EmptyState>
      ) : (
        <>
          <section className="labels__sets" aria-label={t('labels.sets')}>
            <div className="labels__actions">{actions}</div>
            <ul className="labels__list">
              {sets.map((set) => (
                <li key={set.id}>
                  <button
                    type="button"
                    className="labels__set"
                    aria-current={set === open ? 'true' : undefined}
                    onClick={() => navigate({ set: set.id })}
                  >
                    <span className="labels__set-name foreign-text">{set.name}</span>
                    <span className="labels__set-hint">
                      {t(`labels.kinds.${set.kind}`)} · {t('labels.labelCount', { count: set.labels.length })}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
          {open === null ? (
            <p className="labels__choose">{t('labels.choose')}</p>
          ) : (
            <SetPage key={open.id} set={open} />
          )}
        </>
      )}
      {importing && (
        <ImportLabelsDialog
          sets={sets}
          onClose={() => setImporting(false)}
          onDone={(set) => {
            setImporting(false);
            navigate({ set: set.id });
          }}
        />
      )}
      {making && (
        <NewSetDialog
          onClose={() => setMaking(false)}
          onMade={(set) => {
            setMaking(false);
            navigate({ set: set.id });
          }}
        />
      )}
    </div>
  );
}
