import { type CSSProperties, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure, PhotoId } from '../../../core/library/photo.ts';
import type { LabelNumber } from '../../../core/tagging/label.ts';
import type { LabelEvidence } from '../../../protocol/library.ts';
import { useLabels, useLibrary } from '../../engine/hooks.ts';
import { useFailureText } from '../../i18n/failure-text.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { heatOf, heatPixels, hottestPlace } from './heat-colours.ts';

/** Why a label: over the picture where it comes from, and in words what is seen. */
export function WhyMap({
  id,
  label,
  size,
  place,
  onClose,
}: {
  readonly id: PhotoId;
  readonly label: LabelNumber;
  /** Of the picture on the stage, CSS pixels. */
  readonly size: { readonly width: number; readonly height: number };
  /** How the picture lies on the stage. */
  readonly place: CSSProperties;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const library = useLibrary();
  const labels = useLabels();
  const failureText = useFailureText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const told = useRef<HTMLDivElement>(null);
  const [found, setFound] = useState<{ of: string; answer: LabelEvidence | Failure } | null>(null);
  const of = `${id} ${label}`;
  useEffect(() => {
    let wanted = true;
    // A worker that dies takes the answer with it; the next toggle asks again.
    library.evidence(id, label).then(
      (answer) => wanted && setFound({ of: `${id} ${label}`, answer }),
      () => wanted && setFound({ of: `${id} ${label}`, answer: { code: 'worker-crashed' } }),
    );
    return () => {
      wanted = false;
    };
  }, [library, id, label]);

  // On a phone the labels lie below the picture, which is out of sight when one of them is asked about.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each question is answered on the picture
  useEffect(() => {
    told.current?.closest('.photo-stage')?.scrollIntoView({ block: 'nearest' });
  }, [of]);

  const answer = found?.of === of ? found.answer : null;
  const heat = answer !== null && 'evidence' in answer ? heatOf(answer.evidence, answer.threshold) : null;
  const width = answer !== null && 'evidence' in answer ? answer.width : 0;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || heat === null) return;
    context.putImageData(new ImageData(heatPixels(heat), width), 0, 0);
  });

  const known = labels.get(label);
  const name = known === undefined ? '' : labels.name(known);
  const side = Math.min(size.width, size.height);
  const words = () => {
    if (answer === null) return t('photo.whyLooking', { label: name });
    if ('code' in answer) return t('photo.whyFailed', { reason: failureText(answer) });
    if (heat === null) return '';
    const where = t(`photo.place.${hottestPlace(heat, width)}`);
    return Math.max(...heat) > 0
      ? t('photo.whyFor', { label: name, place: where })
      : t('photo.whyNothing', { label: name });
  };
  return (
    <>
      {heat !== null && (
        <div className="photo-why" style={place}>
          <canvas
            ref={canvas}
            className="photo-why__map"
            width={width}
            height={heat.length / width}
            style={{ width: side, height: side }}
          />
        </div>
      )}
      <div className="photo-why__words" ref={told}>
        <p role="status">{words()}</p>
        <IconButton
          variant="on-photo"
          size="small"
          icon="close"
          label={t('photo.whyClose')}
          onPress={onClose}
        />
      </div>
    </>
  );
}
