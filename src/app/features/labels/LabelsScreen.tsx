import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { builtInSet } from '../../../core/tagging/label-set.ts';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { useLabels } from '../../engine/hooks.ts';
import { useLabelSets } from '../../engine/label-sets.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { BuiltInPage } from './BuiltInPage.tsx';
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
  const table = useLabels();
  if (sets === null) return <div className="labels" aria-busy="true" />;
  const open = sets.find(({ id }) => id === wanted) ?? null;
  const isBuiltIn = wanted === builtInSet;
  const builtIn = table.all.filter(({ set }) => set === undefined).length;
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
    <div className={`labels ${open === null && !isBuiltIn ? '' : 'labels--open'}`}>
      {sets.length === 0 && !isBuiltIn ? (
        <EmptyState icon="tag" title={t('labels.emptyTitle')} text={t('labels.emptyText')}>
          <h1 className="visually-hidden">{t('labels.sets')}</h1>
          {actions}
          {builtIn > 0 && (
            <Button variant="quiet" onPress={() => navigate({ set: builtInSet })}>
              {t('labels.builtIn')}
            </Button>
          )}
        </EmptyState>
      ) : (
        <>
          <section className="labels__sets" aria-label={t('labels.sets')}>
            {open === null && !isBuiltIn && <h1 className="labels__title">{t('labels.sets')}</h1>}
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
                    <span className="hint">
                      {t(`labels.kinds.${set.kind}`)} · {t('labels.labelCount', { count: set.labels.length })}
                    </span>
                  </button>
                </li>
              ))}
              {builtIn > 0 && (
                <li>
                  <button
                    type="button"
                    className="labels__set"
                    aria-current={isBuiltIn ? 'true' : undefined}
                    onClick={() => navigate({ set: builtInSet })}
                  >
                    <span className="labels__set-name">{t('labels.builtIn')}</span>
                    <span className="hint">
                      {t('labels.kinds.multi-label')} · {t('labels.labelCount', { count: builtIn })}
                    </span>
                  </button>
                </li>
              )}
            </ul>
          </section>
          {isBuiltIn ? (
            <BuiltInPage />
          ) : open === null ? (
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
