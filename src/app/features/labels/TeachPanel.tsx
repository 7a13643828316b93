import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelSet } from '../../../core/tagging/label-set.ts';
import type { TaughtSummary, TeachAnswer, ThresholdRule } from '../../../protocol/label-sets.ts';
import { useEnginePart, useLabels, useLibrary } from '../../engine/hooks.ts';
import { useLabelSets } from '../../engine/label-sets.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { PercentField } from '../../ui/PercentField.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { Select } from '../../ui/Select.tsx';
import { keepBefore } from './keep-before.ts';
import { SaidLink } from './SaidLink.tsx';
import { LeftOutList, TeachReportText } from './TeachReportText.tsx';
import './teach.css';
import './labels-form.css';
import { shareOf } from '../../ui/share-of.ts';

/** Teaches the set, shows how far it is, and says how good it has become. */
export function TeachPanel({
  set,
  taught,
  answer,
  onAnswer,
}: {
  readonly set: LabelSet;
  readonly taught: TaughtSummary | null;
  /** Of the last teaching on this page; null: there was none. */
  readonly answer: TeachAnswer | null;
  readonly onAnswer: (answer: TeachAnswer | null) => void;
}) {
  const { t } = useTranslation();
  const library = useLibrary();
  const status = useEnginePart((state) => state.status.teaching);
  const [rule, setRule] = useState<ThresholdRule['kind']>('best-f1');
  const [wanted, setWanted] = useState('90');
  const [balanced, setBalanced] = useState(false);
  const [together, setTogether] = useState(true);
  const [sameStrictness, setSameStrictness] = useState(false);
  const own = status?.set === set.id ? status : null;
  // Its teaching would be given up for this one.
  const other = status !== null && own === null && status.phase !== 'score' ? status.set : null;
  const otherName = (useLabelSets() ?? []).find(({ id }) => id === other)?.name;
  const hasSigmoids = set.kind === 'binary' || set.kind === 'multi-label';

  const teach = async () => {
    onAnswer(null);
    const over = taught === null ? null : await keepBefore(library, set.id, t('labels.beforeTeaching'));
    const thresholds: ThresholdRule =
      rule === 'best-f1' ? { kind: rule } : { kind: rule, wanted: shareOf(wanted) };
    const answer = await library.teachSet(set.id, { thresholds, balanced, together, sameStrictness });
    onAnswer(answer);
    await over?.(answer.kind === 'taught');
  };

  return (
    <section className="teach" aria-labelledby="teach-title">
      <div className="teach__row">
        <h2 className="set-page__part" id="teach-title">
          {t('labels.teaching')}
        </h2>
        {own === null ? (
          <Button
            variant="primary"
            icon="play"
            isDisabled={set.labels.length === 0 || other !== null}
            onPress={() => void teach()}
          >
            {t('labels.teach')}
          </Button>
        ) : (
          <Button icon="stop" onPress={() => void library.cancelTeaching()}>
            {t(own.phase === 'score' ? 'labels.stopScoring' : 'labels.stopTeaching')}
          </Button>
        )}
      </div>
      <p className="hint">{t('labels.teachHint')}</p>
      {other !== null && <p role="status">{t('labels.otherIsTaught', { name: otherName ?? '' })}</p>}
      <div className="teach__options">
        {hasSigmoids && (
          <Select<ThresholdRule['kind']>
            label={t('labels.thresholds')}
            value={rule}
            onChange={setRule}
            options={[
              { value: 'best-f1', label: t('labels.bestF1') },
              { value: 'precision', label: t('labels.wantedPrecision') },
              { value: 'recall', label: t('labels.wantedRecall') },
            ]}
          />
        )}
        {hasSigmoids && rule !== 'best-f1' && (
          <PercentField label={t('labels.wantedShare')} value={wanted} onChange={setWanted} />
        )}
        <Checkbox checked={balanced} onChange={setBalanced}>
          {t('labels.balanced')}
        </Checkbox>
        <Checkbox checked={together} onChange={setTogether}>
          {t('labels.keepTogether')}
        </Checkbox>
        {taught?.report?.penalties !== undefined && (
          <Checkbox checked={sameStrictness} onChange={setSameStrictness}>
            {t('labels.sameStrictness')}
          </Checkbox>
        )}
        {set.kind === 'multi-class' && (
          <Checkbox
            checked={set.refuses}
            onChange={(refuses) => void library.editLabelSet(set.id, { kind: 'refuses', refuses })}
          >
            {t('labels.refuses')}
          </Checkbox>
        )}
      </div>
      {own !== null && (
        <ProgressBar
          label={t(`labels.phases.${own.phase}`)}
          value={own.done}
          valueText={t(`labels.phases.${own.phase}`)}
        />
      )}
      <div role="status">
        {own !== null && <p className="hint">{t(`labels.phases.${own.phase}`)}</p>}
        {answer !== null && <Answer answer={answer} />}
      </div>
      {taught !== null && taught.waiting > 0 && own === null && (
        <p className="teach__row">
          {t('labels.waiting', { count: taught.waiting })}{' '}
          <Button size="small" onPress={() => void library.scoreBySet(set.id)}>
            {t('labels.goOn')}
          </Button>
        </p>
      )}
      {taught !== null && taught.refused !== null && (
        <p>
          {t('labels.refusedPhotos')}{' '}
          <SaidLink set={set.id} said={{ said: 'none', label: '' }} count={taught.refused} />
        </p>
      )}
      {taught !== null && <TeachReportText set={set} taught={taught} />}
    </section>
  );
}

function Answer({ answer }: { readonly answer: TeachAnswer }) {
  const { t } = useTranslation();
  const labels = useLabels();
  switch (answer.kind) {
    case 'taught':
      return <p className="visually-hidden">{t('labels.taught')}</p>;
    case 'refused':
      return (
        <>
          <p className="labels-form__problem">{t('labels.refusedTeaching')}</p>
          <LeftOutList leftOut={answer.leftOut} labels={labels} />
        </>
      );
    case 'failed':
      return (
        <p className="labels-form__problem foreign-text">{t('labels.teachingFailed', { why: answer.why })}</p>
      );
    default:
      return <p>{t(`labels.teachAnswers.${answer.kind}`)}</p>;
  }
}
