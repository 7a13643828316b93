import { useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { LabelNumber, Verdict } from '../../../core/tagging/label.ts';
import type { LabelSet, SetLabel } from '../../../core/tagging/label-set.ts';
import { useLibrary, usePhoto } from '../../engine/hooks.ts';
import { useFormat } from '../../i18n/format.ts';
import { nameIn } from '../../i18n/name-in.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { LabelPad, labelOfKey } from '../../ui/LabelPad.tsx';
import { QueuePicture } from './QueuePicture.tsx';
import { agreement, opposite, suggestionFor } from './suggestion.ts';

/** A photo that is asked about: its labels by keys, or agreed with what the set suggests. */
export function QueuedPhoto({
  set,
  id,
  isDoubted,
  position,
  onNext,
  onBack,
}: {
  readonly set: LabelSet;
  readonly id: PhotoId;
  /** It is asked about because what was said of it is doubted. */
  readonly isDoubted: boolean;
  readonly position: string;
  readonly onNext: () => void;
  readonly onBack: () => void;
}) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const nameOf = (label: SetLabel) => nameIn(i18n.language, label);
  const library = useLibrary();
  const photo = usePhoto(id);
  const scores = useMemo(() => new Map(photo?.labels.map((score) => [score.label, score])), [photo]);
  const verdictOf = (label: LabelNumber) => scores.get(label)?.verdict ?? null;
  const suggestion = suggestionFor(set, scores, isDoubted);
  const ids = Uint32Array.of(id);
  const isSingle = set.kind === 'multi-class' || set.kind === 'binary';

  // Nobody can say anything of what is not shown yet.
  const say = (label: SetLabel, verdict: Verdict | null) => {
    if (photo === null) return;
    void library.statePhotos(set.id, ids, { verdicts: [{ label: label.number, verdict }] });
    if (isSingle && verdict !== null && (verdict === 'accepted' || set.kind === 'binary')) onNext();
  };
  const agreed = agreement(set, suggestion, isDoubted);
  const agree = () => {
    if (photo === null || agreed === null) return;
    void library.statePhotos(set.id, ids, agreed);
    onNext();
  };
  const disagree = () => {
    if (photo === null || suggestion.length === 0) return;
    void library.statePhotos(set.id, ids, {
      verdicts: suggestion.map(({ label, verdict }) => ({ label: label.number, verdict: opposite(verdict) })),
    });
    if (set.kind === 'binary' || isDoubted) onNext();
  };

  const latest = useRef({ say, agree, disagree, onNext, onBack });
  latest.current = { say, agree, disagree, onNext, onBack };
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      // A key held down pages on and back, but says nothing of the photos that come by.
      if (event.repeat && event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
      const { target } = event;
      if (
        target instanceof Element &&
        target.closest('input:not([type="radio"]), textarea, select, [role="dialog"]') !== null
      )
        return;
      const onButton = target instanceof Element && target.closest('button, a') !== null;
      const found = labelOfKey(set, event);
      if (found !== null) latest.current.say(found.label, found.verdict);
      else if (event.key === 'Enter' && !onButton) latest.current.agree();
      else if (event.key === 'Backspace') latest.current.disagree();
      else if (target instanceof HTMLInputElement)
        return; // the arrows choose the order there
      else if (event.key === 'ArrowRight') latest.current.onNext();
      else if (event.key === 'ArrowLeft') latest.current.onBack();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [set]);

  return (
    <div className="queue">
      <QueuePicture id={id} name={photo?.name ?? ''} />
      <div className="queue__side">
        <p className="hint" role="status">
          {position} · <bdi className="foreign-text">{photo?.name}</bdi>
        </p>
        <p className="queue__suggestion">
          {suggestion.length > 0 &&
            t('labels.suggests', {
              names: format.list(
                suggestion.map(({ label, verdict }) =>
                  verdict === 'accepted' ? nameOf(label) : t('labels.suggestsNot', { name: nameOf(label) }),
                ),
              ),
            })}
        </p>
        <div className="queue__answers">
          {agreed !== null && (
            <Button variant="primary" icon="check" onPress={agree} aria-keyshortcuts="Enter">
              {t(agreed.fullyLabelled === true ? 'labels.agreeFull' : 'labels.agree')}
            </Button>
          )}
          {suggestion.length > 0 && (
            <Button icon="close" onPress={disagree} aria-keyshortcuts="Backspace">
              {t('labels.disagree')}
            </Button>
          )}
          <IconButton icon="chevron-left" label={t('labels.queueBack')} shortcut="←" onPress={onBack} />
          <IconButton icon="chevron-right" label={t('labels.queueSkip')} shortcut="→" onPress={onNext} />
        </div>
        <LabelPad
          set={set}
          stateOf={(label) => ({ verdict: verdictOf(label), score: scores.get(label)?.score ?? null })}
          onSay={say}
        />
        <p className="hint hint--keys">{t('labels.queueKeys')}</p>
      </div>
    </div>
  );
}
