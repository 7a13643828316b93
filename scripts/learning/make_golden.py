"""Golden values for src/core/learning from scikit-learn.

    python3 -m venv venv && venv/bin/pip install scikit-learn
    venv/bin/python scripts/learning/make_golden.py > src/core/learning/golden/scikit-learn.json

Every case: features (float32), truth, penalty (= 1 / C), whether classes are balanced, and what
LogisticRegression(lbfgs, tight tolerance) on StandardScaler's output finds: coefficients on standardised features,
intercepts, probabilities.
"""

import json
import sys

import numpy
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler


def case(name, seed, photos, dims, classes, penalty, balanced, shares=None):
    random = numpy.random.default_rng(seed)
    truth = random.choice(classes, size=photos, p=shares)
    truth[:classes] = range(classes)
    centres = random.normal(size=(classes, dims))
    features = (0.6 * centres[truth] + random.normal(size=(photos, dims))) * random.uniform(0.2, 3, dims) + 1
    # Six digits, so that the file stays small, and exactly what both sides read.
    features = numpy.array([float(f"{value:.4g}") for value in features.ravel()], dtype=numpy.float32)
    features = features.reshape(photos, dims)
    scaled = StandardScaler().fit_transform(features.astype(numpy.float64))
    model = LogisticRegression(
        C=1 / penalty, class_weight="balanced" if balanced else None, solver="lbfgs", tol=1e-12, max_iter=100_000
    ).fit(scaled, truth)
    shown = range(0, photos, max(1, photos // 12))
    return {
        "name": name,
        "dims": dims,
        "classes": classes,
        "penalty": penalty,
        "balanced": balanced,
        "features": [float(f"{value:.4g}") for value in features.ravel()],
        "truth": truth.tolist(),
        "coefficients": model.coef_.ravel().tolist(),
        "intercepts": model.intercept_.tolist(),
        "shown": list(shown),
        "probabilities": model.predict_proba(scaled)[list(shown)].ravel().tolist(),
    }


json.dump(
    {
        "scikitLearn": sklearn.__version__,
        "cases": [
            case("binary", 1, 80, 6, 2, 1.0, False),
            case("binary, weak penalty", 2, 120, 5, 2, 0.01, False),
            case("binary, balanced, one in ten", 3, 120, 5, 2, 1.0, True, [0.9, 0.1]),
            case("binary, more dimensions than photos", 4, 12, 20, 2, 3.0, False),
            case("multinomial", 5, 120, 6, 4, 1.0, False),
            case("multinomial, strong penalty", 6, 90, 6, 3, 100.0, False),
            case("multinomial, balanced, uneven", 7, 120, 5, 3, 1.0, True, [0.7, 0.2, 0.1]),
        ],
    },
    sys.stdout,
)
print()
