import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ColourRule } from '../../../core/image/product-score.ts';
import type { NameAnswer, ProductHit } from '../../../core/library/match-result.ts';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { MatchTarget } from '../../../protocol/match.ts';
import { navigate } from '../../engine/fragment.ts';
import { useCell, useLibrary, useThumbnail } from '../../engine/hooks.ts';
import { setSequence } from '../../engine/sequence.ts';
import { useFailureText } from '../../i18n/failure-text.ts';
import { formatLikeness, useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { CatalogueDialog } from './CatalogueDialog.tsx';
import { productsOfSeveral } from './several-answers.ts';
import { useMatchAnswer } from './use-match-answer.ts';

const mostThings = 60;
/** Photos of a thing that are shown beside its best one. */
const shownPhotos = 4;

/** Photos of the same thing, one entry a thing, and what it is called. */
export function ProductAnswer({
  targets,
  targetKey,
}: {
  /** Photos of the thing. */
  readonly targets: readonly MatchTarget[];
  readonly targetKey: string;
}) {
  const { t } = useTranslation();
  const failureText = useFailureText();
  const format = useFormat();
  const library = useLibrary();
  const [colour, setColour] = useState<ColourRule>('counts');
  const [catalogue, setCatalogue] = useState(false);
  const [names, setNames] = useState(0);
  const answer = useMatchAnswer(
    (isWanted) =>
      productsOfSeveral(targets, (target) => library.products(target, colour, mostThings), isWanted),
    `${targetKey} ${colour} ${names}`,
  );

  useEffect(() => {
    if (answer?.kind !== 'products') return;
    setSequence(Uint32Array.from(answer.hits.flatMap(({ ids }) => ids)));
    return () => setSequence(null);
  }, [answer]);

  return (
    <div className="similar__answer">
      <div className="product-bar">
        <span className="hint" aria-hidden="true">
          {t('match.colour')}
        </span>
        <Segmented<ColourRule>
          label={t('match.colour')}
          size="small"
          value={colour}
          options={[
            { value: 'counts', label: t('match.colourCounts') },
            { value: 'ignored', label: t('match.colourIgnored') },
            { value: 'required', label: t('match.colourRequired') },
          ]}
          onChange={setColour}
        />
        <Button size="small" onPress={() => setCatalogue(true)}>
          {t('match.catalogue')}
        </Button>
      </div>
      {answer === null ? (
        <p className="similar__wait" role="status">
          {t('similar.searching')}
        </p>
      ) : answer.kind === 'failed' ? (
        <EmptyState icon="warning" title={t('similar.failed')} text={failureText(answer.failure)} />
      ) : (
        <>
          <p className="similar__facts" role="status">
            <strong>
              {answer.hits.length === 0
                ? t('match.productsNone')
                : t('match.products', { count: answer.hits.length })}
            </strong>
          </p>
          {answer.answer !== null && <Named answer={answer.answer} />}
          {answer.hits.length > 0 && (
            <ul className="things" aria-label={t('similar.list')}>
              {answer.hits.map((hit) => (
                <Thing key={hit.ids[0]} hit={hit} />
              ))}
            </ul>
          )}
          <p className="similar__print numeric">
            {t('match.productsAsked', {
              searched: answer.searched,
              milliseconds: format.number(answer.milliseconds, answer.milliseconds < 10 ? 1 : 0),
            })}
          </p>
        </>
      )}
      <CatalogueDialog
        isOpen={catalogue}
        onClose={() => setCatalogue(false)}
        onChanged={() => setNames((before) => before + 1)}
      />
    </div>
  );
}

function Named({ answer }: { readonly answer: NameAnswer }) {
  const { t } = useTranslation();
  if (answer.kind === 'unknown') return <p className="named hint">{t('match.unknown')}</p>;
  const { name, votes, of, best, columns } = answer;
  return (
    <div className="named">
      <p className="named__name">{t('match.named', { name })}</p>
      <p className="hint">{t('match.support', { votes, of, score: formatLikeness(best) })}</p>
      {columns.length > 0 && (
        <dl className="named__columns">
          {columns.map(([heading, value]) => (
            <div key={heading}>
              <dt>
                <bdi>{heading}</bdi>
              </dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

function Thing({ hit: { ids, score, name } }: { readonly hit: ProductHit }) {
  const { t } = useTranslation();
  return (
    <li>
      <div className="thing__photos">
        {ids.slice(0, shownPhotos).map((id) => (
          <ThingPhoto key={id} id={id} />
        ))}
      </div>
      <p className="thing__words">
        <span className="visually-hidden">{t('similar.score')}</span>{' '}
        <span className="thing__score numeric">{formatLikeness(score)}</span>{' '}
        {name !== null && <bdi className="foreign-text">{name}</bdi>}{' '}
        {ids.length > 1 && <span className="thing__count">{t('match.photos', { count: ids.length })}</span>}
      </p>
    </li>
  );
}

function ThingPhoto({ id }: { readonly id: PhotoId }) {
  const { t } = useTranslation();
  const url = useThumbnail(id);
  const name = useCell(id)?.name ?? '';
  return (
    <button
      type="button"
      className="thing__photo"
      title={name}
      aria-label={t('match.open', { name })}
      onClick={() => navigate({ photo: id })}
    >
      {url === null ? <Icon name="photo" size={24} /> : <img src={url} alt="" draggable={false} />}
    </button>
  );
}
