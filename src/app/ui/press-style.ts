// [Note: No injected styles] react-aria adds a <style> element unless one with this id is there; the page's policy would
// refuse it. The rule itself is in styles/base.css.
const id = 'react-aria-pressable-style';

if (typeof document !== 'undefined' && document.getElementById(id) === null) {
  const mark = document.createElement('template');
  mark.id = id;
  document.head.append(mark);
}
