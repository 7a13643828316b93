/** Room for a quarter more than is needed: not all is copied for every few that come. */
const spare = 1.25;

/**
 * An array with more at its end, the same one where it has room.
 *
 * @param used of its elements
 */
export function appended<Values extends Uint8Array | Uint32Array | Int32Array | Float64Array>(
  values: Values,
  used: number,
  more: Values,
  make: (length: number) => Values,
): Values {
  const needed = used + more.length;
  const room = needed <= values.length ? values : make(Math.ceil(spare * needed));
  if (room !== values) room.set(values.subarray(0, used));
  room.set(more, used);
  return room;
}
