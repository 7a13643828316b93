// @ts-check
/** Photos of the labelled sets that show one picture (cut out, mirrored, cropped, captioned), as looked at by eye. */
const groups = [
  [
    'products/151360716375_0.JPG',
    'products/151360716375_1.JPG',
    'products/151360716375_2.JPG',
    'products/151360716375_4.JPG',
    'products/151360716375_5.JPG',
  ],
  [
    'products/161795988488_8.JPG',
    'products/161795988488_9.JPG',
    'products/161795988488_10.JPG',
    'products/161795988488_11.JPG',
  ],
  ['products/111572528769_1.JPG', 'products/111572528769_8.JPG'],
  ['products/151622282412_0.JPG', 'products/151622282412_7.JPG'],
  ['fashion/13234.jpg', 'fashion/13235.jpg'],
  [
    'products/151786211011_0.JPG',
    'products/151786211011_1.JPG',
    'products/151786211011_2.JPG',
    'products/151786211011_3.JPG',
  ],
  ['products/161797510369_0.JPG', 'products/161797510369_1.JPG'],
  ['products/121656703437_2.JPG', 'products/121656703437_10.JPG'],
  [
    'products/201389445753_0.JPG',
    'products/201389445753_1.JPG',
    'products/201389445753_2.JPG',
    'products/201389445753_3.JPG',
  ],
  ['groceries/Red-Delicious_024.jpg', 'groceries/Red-Delicious_033.jpg'],
];

/** @param {string} a @param {string} b names of photos */
export function isSameInSets(a, b) {
  return a === b || groups.some((group) => group.includes(a) && group.includes(b));
}
