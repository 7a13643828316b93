/** Whether a key belongs to what is open on top of the view, also where the focus was on something in it that is gone, or to a field. */
export function isWantedElsewhere({ target }: KeyboardEvent): boolean {
  const isInField =
    target instanceof Element && target.closest('input[type="search"], input[type="text"]') !== null;
  return isInField || document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;
}
