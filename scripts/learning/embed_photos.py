"""Embeddings of the labelled photos in ../shared/photos by the built-in model, for learning's test on real photos.

    python3 -m venv venv && venv/bin/pip install onnxruntime pillow numpy
    venv/bin/python scripts/learning/embed_photos.py PHOTOS PACK OUT

PHOTOS: the folder with multilabel/, clothing/, fashion/; PACK: a model pack; OUT: a folder, for each set it gets
SET.f32 ([photos][dims], little-endian float32) and SET.names.json (the names, in the same order).
"""

import json
import pathlib
import sys

import numpy
import onnxruntime
from PIL import Image, ImageOps


def pixels(path, size):
    """[3, size, size], 0..255: the shorter side scaled to `size`, the centre cut out."""
    with Image.open(path) as opened:
        image = ImageOps.exif_transpose(opened).convert("RGB")
    scale = size / min(image.size)
    wide, high = (max(size, round(side * scale)) for side in image.size)
    image = image.resize((wide, high), Image.Resampling.BILINEAR)
    left, top = (wide - size) // 2, (high - size) // 2
    cut = image.crop((left, top, left + size, top + size))
    return numpy.asarray(cut, dtype=numpy.float32).transpose(2, 0, 1)


def main(photos, pack, out):
    description = json.loads((pack / "pack.json").read_text())
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(pack / description["model"]["path"]), options)
    out.mkdir(parents=True, exist_ok=True)
    for name in ("multilabel", "clothing", "fashion"):
        names = sorted(json.loads((photos / name / "labels.json").read_text())["photos"])
        rows = []
        for first in range(0, len(names), 16):
            batch = [pixels(photos / name / file, description["input"]["size"]) for file in names[first : first + 16]]
            feed = {description["input"]["name"]: numpy.stack(batch)}
            rows.append(session.run([description["outputs"]["embedding"]["name"]], feed)[0])
        numpy.concatenate(rows).astype("<f4").tofile(out / f"{name}.f32")
        (out / f"{name}.names.json").write_text(json.dumps(names))
        print(name, len(names))


main(*(pathlib.Path(argument) for argument in sys.argv[1:4]))
