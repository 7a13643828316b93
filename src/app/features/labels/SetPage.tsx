import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelSet, SetProblem } from '../../../core/tagging/label-set.ts';
import type { TeachAnswer } from '../../../protocol/label-sets.ts';
import { leave, navigate } from '../../engine/fragment.ts';
import { emptyFragment } from '../../engine/fragment-state.ts';
import { useEnginePart, useLibrary } from '../../engine/hooks.ts';
import { useAnswer } from '../../engine/use-answer.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useUndoOffer } from '../../ui/use-undo-offer.ts';
import { DictionaryTable } from './DictionaryTable.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { LabelQueue } from './LabelQueue.tsx';
import { namesIn } from './names-in.ts';
import { OftenTogether } from './OftenTogether.tsx';
import { ProblemText } from './ProblemText.tsx';
import { RenameSet } from './RenameSet.tsx';
import { SaidCounts } from './SaidCounts.tsx';
import { SplitPanel } from './SplitPanel.tsx';
import { TeachPanel } from './TeachPanel.tsx';

/** One set: what it is, its labels and how they are spread. */
export function SetPage({ set }: { readonly set: LabelSet }) {
  const { t } = useTranslation();
  const library = useLibrary();
  const offerUndo = useUndoOffer();
  const content = useEnginePart((state) => state.status.contentRevision);
  const dictionary = useAnswer(() => library.labelDictionary(set.id), `${content} ${set.labels.length}`);
  const heads = useAnswer(
    () => library.taughtSets(),
    useEnginePart((state) => state.labels),
  );
  const taught = heads?.find((head) => head.set === set.id) ?? null;
  const hasSeveral = set.kind === 'multi-label' || set.kind === 'multi-output';
  /** Kept here: while the person labels on, the panel is not there to hear it. */
  const [answer, setAnswer] = useState<TeachAnswer | null>(null);
  const [labelling, setLabelling] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const [problem, setProblem] = useState<SetProblem | null>(null);

  const endRenaming = () => {
    setProblem(null);
    setRenaming(false);
    pencil.current?.focus();
  };
  const rename = async (name: string) => {
    const answer = await library.editLabelSet(set.id, { kind: 'rename', name });
    if (answer.ok) endRenaming();
    else setProblem(answer.problem);
  };
  const remove = async () => {
    await library.deleteLabelSet(set.id);
    leave({ set: null });
    offerUndo(t('labels.setDeleted', { name: set.name }), () => library.undo());
  };

  const fullyLabel = async () => {
    const count = await library.fullyLabelSaid(set.id);
    if (count > 0) offerUndo(t('labels.stated', { count }), () => library.undo());
  };

  if (labelling)
    return <LabelQueue set={set} isTaught={taught !== null} onClose={() => setLabelling(false)} />;
  return (
    <section className="set-page" aria-labelledby="set-name">
      <header className="set-page__header">
        <IconButton icon="arrow-left" label={t('labels.back')} onPress={() => leave({ set: null })} />
        {renaming ? (
          <RenameSet name={set.name} onRename={(name) => void rename(name)} onCancel={endRenaming} />
        ) : (
          <h1 className="set-page__name foreign-text" id="set-name">
            {set.name}
          </h1>
        )}
        <span className="set-page__tools">
          <Button icon="labels" isDisabled={set.labels.length === 0} onPress={() => setLabelling(true)}>
            {t('labels.labelNext')}
          </Button>
          {taught !== null && (
            <Button
              icon="chart"
              onPress={() => navigate({ ...emptyFragment, screen: 'evaluate', set: set.id })}
            >
              {t('labels.evaluate')}
            </Button>
          )}
          <ExportMenu
            set={set.id}
            name={set.name}
            isTaught={taught !== null}
            hasChanged={taught?.changed === true}
          />
          <IconButton
            ref={pencil}
            icon="pencil"
            label={t('labels.rename')}
            onPress={() => setRenaming(true)}
          />
          <IconButton icon="trash" label={t('labels.deleteSet')} onPress={() => void remove()} />
        </span>
      </header>
      <ProblemText problem={problem} />
      <p className="hint">{t(`labels.kindHints.${set.kind}`)}</p>
      {dictionary !== null && (
        <>
          <SaidCounts set={set.id} dictionary={dictionary} />
          {set.kind === 'multi-label' && dictionary.fullyLabelled < dictionary.labelled && (
            <p className="said-counts">
              <Button size="small" icon="check" onPress={() => void fullyLabel()}>
                {t('labels.fullyLabelSaid')}
              </Button>
              <span className="hint">{t('labels.fullyLabelHint')}</span>
            </p>
          )}
          <DictionaryTable set={set} dictionary={dictionary} report={taught?.report ?? null} />
        </>
      )}
      {set.kind !== 'binary' && <AddLabels set={set} />}
      <TeachPanel set={set} taught={taught} answer={answer} onAnswer={setAnswer} />
      {dictionary !== null && <SplitPanel set={set} dictionary={dictionary} />}
      {dictionary !== null && hasSeveral && <OftenTogether set={set.id} dictionary={dictionary} />}
    </section>
  );
}

function AddLabels({ set }: { readonly set: LabelSet }) {
  const { t } = useTranslation();
  const library = useLibrary();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<SetProblem | null>(null);
  const add = async () => {
    // In a set of groups: `colour: red, blue`. Elsewhere a colon is part of a name.
    const [, group, rest] =
      set.kind === 'multi-output' ? /^(?:([^:：]*)[:：])?(.*)$/s.exec(text)! : [text, undefined, text];
    const drafts = namesIn(rest ?? '').map((name) => ({
      name,
      ...(group !== undefined && { group: group.trim() }),
    }));
    if (drafts.length === 0) return;
    const answer = await library.addSetLabels(set.id, drafts);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) setText('');
  };
  return (
    <form
      className="set-page__add"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <TextField
        label={t('labels.addLabels')}
        placeholder={t(set.kind === 'multi-output' ? 'labels.addToGroup' : 'labels.addExample')}
        value={text}
        onChange={setText}
      />
      <Button type="submit" icon="plus" isDisabled={text.trim() === ''}>
        {t('labels.add')}
      </Button>
      <ProblemText problem={problem} />
    </form>
  );
}
