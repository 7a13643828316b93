"""Makes the golden Faiss files of src/core/index/golden, and checks files that Picsift wrote.

python make_faiss_golden.py <folder>          writes faiss-*.bin, and faiss.json with vectors, queries and neighbours
python make_faiss_golden.py --check <folder>  opens every *.faiss in the folder, writes <name>.again as Faiss writes it,
                                              and <name>.json with the neighbours of queries.f32 ([n][dims], dims in the name)
"""

import json
import pathlib
import sys

import faiss
import numpy as np

dims = 16
factories = {
    "flat-ip": ("Flat", faiss.METRIC_INNER_PRODUCT),
    "flat-l2": ("Flat", faiss.METRIC_L2),
    "sq8": ("SQ8", faiss.METRIC_L2),
    "pq": ("PQ4", faiss.METRIC_INNER_PRODUCT),
    "ivf-flat": ("IVF4,Flat", faiss.METRIC_L2),
    "ivf-pq-ip": ("IVF4,PQ4", faiss.METRIC_INNER_PRODUCT),
    "ivf-pq-l2": ("IVF4,PQ4", faiss.METRIC_L2),
    "rotated-ivf-pq": ("RR16,IVF4,PQ8", faiss.METRIC_INNER_PRODUCT),
    "pca-ivf-flat": ("PCA8,IVF4,Flat", faiss.METRIC_INNER_PRODUCT),
    "mapped-pq": ("IDMap,PQ4", faiss.METRIC_L2),
}


def make(folder):
    random = np.random.RandomState(20)
    centres = random.randn(12, dims)
    vectors = centres[random.randint(12, size=300)] + 0.5 * random.randn(300, dims)
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype("float32")
    queries = vectors[:5] + 0.1 * random.randn(5, dims).astype("float32")
    queries = (queries / np.linalg.norm(queries, axis=1, keepdims=True)).astype("float32")
    answers = {}
    for name, (factory, metric) in factories.items():
        index = faiss.index_factory(dims, factory, metric)
        index.train(vectors)
        if "IDMap" in factory:
            index.add_with_ids(vectors, np.arange(300) * 3 + 7)
        else:
            index.add(vectors)
        if "IVF" in factory:
            faiss.extract_index_ivf(index).nprobe = 2
        faiss.write_index(index, str(folder / f"faiss-{name}.bin"))
        scores, ids = index.search(queries, 10)
        answers[name] = {"ids": ids.tolist(), "scores": scores.tolist()}
    text = {"version": faiss.__version__, "queries": queries.tolist(), "answers": answers}
    (folder / "faiss.json").write_text(json.dumps(text))


def check(folder):
    for path in sorted(folder.glob("*.faiss")):
        index = faiss.read_index(str(path))
        faiss.write_index(index, str(path.with_suffix(".again")))
        queries = np.fromfile(folder / "queries.f32", dtype="float32").reshape(-1, index.d)
        scores, ids = index.search(queries, 10)
        answer = {"ids": ids.tolist(), "scores": scores.tolist()}
        path.with_suffix(".json").write_text(json.dumps(answer))


if sys.argv[1] == "--check":
    check(pathlib.Path(sys.argv[2]))
else:
    make(pathlib.Path(sys.argv[1]))
