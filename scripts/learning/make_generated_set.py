"""A small generated set of each kind, with what scikit-learn reaches on its other half.

    python3 -m venv venv && venv/bin/pip install scikit-learn
    venv/bin/python scripts/learning/make_generated_set.py > src/core/learning/golden/generated-set.json

120 photos: a vector of 32 components each, as the library stores them (a scale and one int8 per component), any number of
three things, one of four places, and of two groups (light, size) one value each. 50 teach; of the others figures by
LogisticRegression on StandardScaler's output, C chosen by 5-fold cross-validation among those that Picsift tries: mean average precision, accuracies.
"""

import json

import numpy
import sklearn
from sklearn.linear_model import LogisticRegressionCV
from sklearn.metrics import accuracy_score, average_precision_score
from sklearn.preprocessing import StandardScaler

PHOTOS, TAUGHT, DIMS = 120, 50, 32
random = numpy.random.default_rng(5)
names = {
    "things": ["dog", "sea", "tree"],
    "place": ["town", "beach", "forest", "room"],
    "light": ["day", "night"],
    "size": ["near", "middle", "far"],
}
things = random.random((PHOTOS, 3)) < 0.4
classes = {key: random.integers(0, len(names[key]), PHOTOS) for key in ("place", "light", "size")}
vectors = 2.2 * random.normal(size=(PHOTOS, DIMS))
vectors += things @ random.normal(size=(3, DIMS))
for key, values in classes.items():
    vectors += random.normal(size=(len(names[key]), DIMS))[values]
written = numpy.array([[float(f"{value:.3f}") for value in row] for row in vectors])
scale = numpy.abs(written).max(axis=1, keepdims=True) / 127
stored = numpy.round(written / scale) * scale
stored /= numpy.linalg.norm(stored, axis=1, keepdims=True)
scaled = StandardScaler().fit(stored[:TAUGHT]).transform(stored)


def probabilities(truth):
    model = LogisticRegressionCV(
        Cs=[1 / penalty for penalty in (1000, 300, 100, 30, 10)], cv=5, scoring="neg_log_loss", max_iter=10_000
    ).fit(scaled[:TAUGHT], truth[:TAUGHT])
    return model.predict_proba(scaled[TAUGHT:])


precisions = [
    average_precision_score(things[TAUGHT:, k], probabilities(things[:, k])[:, 1]) for k in range(things.shape[1])
]
accuracies = {
    key: accuracy_score(values[TAUGHT:], probabilities(values).argmax(axis=1)) for key, values in classes.items()
}
print(
    json.dumps(
        {
            "scikitLearn": sklearn.__version__,
            "meanAveragePrecision": numpy.mean(precisions),
            "accuracy": accuracies,
            "names": names,
            "photos": [
                {
                    "vector": written[n].tolist(),
                    "teaches": n < TAUGHT,
                    "things": [name for name, there in zip(names["things"], things[n]) if there],
                    **{key: names[key][values[n]] for key, values in classes.items()},
                }
                for n in range(PHOTOS)
            ],
        }
    )
)
