import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Label, Verdict } from '../../../core/tagging/label.ts';
import { useLabels, useLabelsByCount, useLibrary } from '../../engine/hooks.ts';
import { labelCalled, otherNameFor, searchLabels } from '../../engine/label-search.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { SuggestField } from '../../ui/SuggestField.tsx';
import { useUndoOffer } from '../../ui/use-undo-offer.ts';

const suggestionLimit = 8;
const newTagKey = 'new tag';

/** Says of many photos at once that they carry a tag, or that they do not. Each step can be undone. */
export function BulkTagDialog({
  ids,
  onClose,
}: {
  readonly ids: Uint32Array<ArrayBuffer>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const library = useLibrary();
  const offerUndo = useUndoOffer();
  const labels = useLabels();
  const [verdict, setVerdict] = useState<Verdict>('accepted');
  const [text, setText] = useState('');
  const [done, setDone] = useState<readonly { label: Label; verdict: Verdict }[]>([]);
  const byCount = useLabelsByCount();
  const field = useRef<HTMLInputElement>(null);
  const count = ids.length;
  const name = text.trim();
  const exact = name === '' ? undefined : labelCalled(labels.all, name);

  useEffect(() => field.current?.focus(), []);

  const suggestions = useMemo(() => {
    const found = searchLabels(byCount, text, suggestionLimit).map((label) => {
      // One's own labels mostly have the same name in both languages.
      const { en, zh } = label.names;
      const translated = en === zh ? null : labels.name(label) === en ? zh : en;
      const hint = otherNameFor(label, text) ?? translated;
      return {
        key: label.id,
        text: labels.name(label),
        icon: 'tag' as const,
        ...(hint !== null && { hint }),
      };
    });
    const isCalled = exact !== undefined && otherNameFor(exact, name) === null;
    const isNew = verdict === 'accepted' && name !== '' && !isCalled;
    return isNew
      ? [...found, { key: newTagKey, text: t('grid.newTag', { name }), icon: 'plus' as const }]
      : found;
  }, [labels, byCount, text, name, exact, verdict, t]);

  const apply = async (key: string) => {
    setText('');
    const label = key === newTagKey ? await library.ensureLabel(name) : labels.byId(key);
    if (label === undefined) return;
    await library.judge(ids, label.number, verdict);
    setDone((last) => [{ label, verdict }, ...last.filter((entry) => entry.label.id !== label.id)]);
    const words = verdict === 'accepted' ? 'grid.taggedToast' : 'grid.untaggedToast';
    offerUndo(t(words, { count, tag: labels.name(label) }), () => {
      setDone((last) => last.filter((entry) => entry.label.id !== label.id));
      return library.undo();
    });
  };

  return (
    <Dialog
      title={t('grid.tagTitle', { count })}
      isOpen
      onClose={onClose}
      footer={
        <Button variant="primary" onPress={onClose}>
          {t('grid.tagsClose')}
        </Button>
      }
    >
      <div className="bulk-tags">
        <Segmented
          label={t('grid.tagAction')}
          value={verdict}
          options={[
            { value: 'accepted', label: t('grid.tagAdd') },
            { value: 'rejected', label: t('grid.tagReject') },
          ]}
          onChange={setVerdict}
        />
        <SuggestField
          ref={field}
          role="combobox"
          label={t('grid.tagName')}
          placeholder={t('grid.tagName')}
          icon="search"
          inline
          // What is only the beginning of a tag's name is a name of its own.
          marked={name === '' ? null : (exact?.id ?? newTagKey)}
          value={text}
          onChange={setText}
          suggestions={suggestions}
          onChoose={(key) => void apply(key)}
        />
        {done.length > 0 && (
          <ul className="bulk-tags__done" aria-label={t('grid.tagsDone')}>
            {done.map(({ label, verdict: said }) => (
              <li key={label.id} className="bulk-tags__entry">
                <Icon name={said === 'accepted' ? 'check' : 'minus'} size={16} />
                {t(said === 'accepted' ? 'grid.tagged' : 'grid.untagged', { tag: labels.name(label) })}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}
