"""Faiss as a peer of the index bench: reads commands as JSON lines, answers with JSON lines.

Vectors and queries come as raw float32 files. One thread.
"""

import json
import sys
import time

import faiss
import numpy as np

faiss.omp_set_num_threads(1)
state = {}


def load(path, dims):
    return np.fromfile(path, dtype="float32").reshape(-1, dims)


def build(command):
    vectors = state["vectors"]
    start = time.process_time()
    index = faiss.index_factory(vectors.shape[1], command["factory"], faiss.METRIC_INNER_PRODUCT)
    index.train(vectors)
    index.add(vectors)
    seconds = time.process_time() - start
    state[command["factory"]] = index
    return {"seconds": seconds, "bytes": len(faiss.serialize_index(index))}


def measure(command):
    index = state[command["factory"]]
    queries = state["queries"]
    k = command["k"]
    if "IVF" in command["factory"]:
        faiss.ParameterSpace().set_index_parameter(index, "nprobe", command["nprobe"])
    if "Refine" in command["factory"]:
        index.k_factor = command["kFactor"]
    times = []
    ids = []
    for n in range(len(queries)):
        start = time.perf_counter()
        _, found = index.search(queries[n : n + 1], k)
        times.append((time.perf_counter() - start) * 1000)
        ids.append(found[0].tolist())
    return {"ms": times, "ids": ids}


for line in sys.stdin:
    command = json.loads(line)
    kind = command["do"]
    if kind == "open":
        state["vectors"] = load(command["vectors"], command["dims"])
        state["queries"] = load(command["queries"], command["dims"])
        answer = {"version": faiss.__version__, "options": faiss.get_compile_options()}
    elif kind == "build":
        answer = build(command)
    else:
        answer = measure(command)
    print(json.dumps(answer), flush=True)
