import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatIds } from '../../../core/library/id-list.ts';
import type { CatalogueItem } from '../../../protocol/match.ts';
import { navigate } from '../../engine/fragment.ts';
import { useLibrary, useThumbnail } from '../../engine/hooks.ts';
import { noConditions } from '../../engine/query-of.ts';
import { useAnswer } from '../../engine/use-answer.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useUndoOffer } from '../../ui/use-undo-offer.ts';
import { ImportNames } from './ImportNames.tsx';

/** So many things are listed at first, and more at a time. */
const step = 200;

/** The things that have names, and how they get them. */
export function CatalogueDialog({
  isOpen,
  onClose,
  onChanged,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}) {
  const { t } = useTranslation();
  const library = useLibrary();
  const offerUndo = useUndoOffer();
  const [turn, setTurn] = useState(0);
  const [shown, setShown] = useState(step);
  const items = useAnswer(isOpen ? () => library.items() : null, turn);
  const heading = useId();

  const changed = () => {
    setTurn((before) => before + 1);
    onChanged();
  };
  const forget = async () => {
    const names = await library.forgetNames();
    changed();
    offerUndo(t('match.namesForgotten'), () => library.giveNamesBack(names).then(changed));
  };
  return (
    <Dialog title={t('match.catalogue')} isOpen={isOpen} onClose={onClose} size="medium">
      <ImportNames onDone={changed} />
      {items !== null && (
        <section aria-labelledby={heading}>
          <h3 className="catalogue__heading" id={heading}>
            {items.length === 0 ? t('match.noItems') : t('match.items', { count: items.length })}
          </h3>
          <ul className="catalogue" aria-labelledby={heading}>
            {items.slice(0, shown).map((item) => (
              <Item key={item.name} item={item} />
            ))}
          </ul>
          {items.length > shown && (
            <Button size="small" onPress={() => setShown(shown + step)}>
              {t('match.moreItems', { count: items.length - shown })}
            </Button>
          )}
          {items.length > 0 && (
            <Button size="small" icon="trash" onPress={() => void forget()}>
              {t('match.forgetNames')}
            </Button>
          )}
        </section>
      )}
    </Dialog>
  );
}

/** A thing; pressed, the grid shows its photos. */
function Item({ item: { name, photos, columns } }: { readonly item: CatalogueItem }) {
  const { t } = useTranslation();
  const url = useThumbnail(photos[0]!);
  return (
    <li>
      <button
        type="button"
        className="catalogue__item"
        onClick={() =>
          navigate({
            ...noConditions,
            only: formatIds(photos),
            similar: null,
            region: null,
            photo: null,
            panel: null,
          })
        }
      >
        <span className="catalogue__picture">
          {url === null ? <Icon name="photo" size={20} /> : <img src={url} alt="" />}
        </span>
        <span className="catalogue__words">
          <bdi className="foreign-text">{name}</bdi>{' '}
          <span className="hint">
            {[t('match.photos', { count: photos.length }), ...columns.map((pair) => pair.join(': '))].join(
              ' · ',
            )}
          </span>
        </span>
      </button>
    </li>
  );
}
