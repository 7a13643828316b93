import { Button } from '../../ui/Button.tsx';
import type { IconName } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { narrowScreen, useMediaQuery } from '../../ui/use-media-query.ts';

/** A button of the bar of selected photos; its icon alone where there is little room. */
export function SelectionAction({
  icon,
  label,
  onPress,
}: {
  readonly icon: IconName;
  readonly label: string;
  readonly onPress: () => void;
}) {
  const narrow = useMediaQuery(narrowScreen);
  return narrow ? (
    <IconButton icon={icon} label={label} onPress={onPress} />
  ) : (
    <Button variant="quiet" icon={icon} onPress={onPress}>
      {label}
    </Button>
  );
}
