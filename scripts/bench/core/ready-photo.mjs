// @ts-check

/** A photo's columns, as a table of photos takes them, of a photo that is ready and says nothing else; its content is to be added. */
export const readyPhoto = {
  status: 2,
  flags: 0,
  capturedAt: 0,
  modifiedAt: 0,
  importedAt: 0,
  removedAt: 0,
  size: 1,
  width: 1,
  height: 1,
  model: 1,
};
