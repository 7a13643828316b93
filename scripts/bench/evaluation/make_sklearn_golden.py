"""Makes src/core/evaluation/golden/sklearn.json: figures by scikit-learn, for random and degenerate cases.

python make_sklearn_golden.py <file>        (scikit-learn 1.9.1, numpy 2.4.6)

Seeded; running it again and then `npm run format` gives the same file. NaN is written as null. Scores are multiples of 1/1024, which float32 holds
exactly, or doubles where the case says so.
"""

import json
import pathlib
import sys
import warnings

import numpy as np
from sklearn import metrics
from sklearn.calibration import calibration_curve

warnings.filterwarnings("ignore")
bins = 10


def rates(truth, predicted, labels, occurring):
    """Each label's own rates, undefined where they are 0 / 0; means over the labels that occur, of which it counts as 0."""
    p, r, f, s = metrics.precision_recall_fscore_support(truth, predicted, labels=labels, zero_division=np.nan)
    averages = {
        average: metrics.precision_recall_fscore_support(
            truth, predicted, labels=occurring, average=average, zero_division=0
        )[:3]
        if occurring
        else [np.nan] * 3
        for average in ("macro", "micro", "weighted")
    }
    return {"rates": {"precision": p, "recall": r, "f1": f, "support": s}, "averages": averages}


def average_precision(truth, scores):
    """scikit-learn warns and says 0 where there is nothing to find."""
    return metrics.average_precision_score(truth, scores) if truth.any() else np.nan


def class_case(name, truth, predicted, classes, scores=None):
    truth, predicted = np.array(truth), np.array(predicted)
    case = {"name": name, "classes": classes, "truth": truth, "predicted": predicted}
    labels = list(range(classes))
    matrix = metrics.confusion_matrix(truth, predicted, labels=labels)
    case["matrix"] = matrix.ravel()
    for by, normalize in (("row", "true"), ("column", "pred")):
        case[by] = metrics.confusion_matrix(truth, predicted, labels=labels, normalize=normalize).ravel()
    case["accuracy"] = metrics.accuracy_score(truth, predicted)
    case["balanced"] = metrics.balanced_accuracy_score(truth, predicted)
    case["kappa"] = metrics.cohen_kappa_score(truth, predicted)
    # Refused predictions (-1) are no class of their own.
    occurring = sorted((set(truth) | set(predicted)) - {-1})
    case.update(rates(truth, predicted, labels, occurring))
    if scores is not None:
        case["scores"] = scores.ravel()
        case["topK"] = [
            metrics.top_k_accuracy_score(truth, scores, k=k, labels=labels) for k in range(1, classes)
        ] + [1.0]
    return case


def binary_curves(truth, scores):
    p, r, t = metrics.precision_recall_curve(truth, scores)
    fpr, tpr, rt = metrics.roc_curve(truth, scores, drop_intermediate=False)
    both = 0 < truth.sum() < len(truth)
    share, mean = calibration_curve(truth, scores, n_bins=bins) if len(set(truth)) == 2 else (None, None)
    which = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], scores)
    ece = sum(
        (which == b).sum() / len(truth) * abs(truth[which == b].mean() - scores[which == b].mean())
        for b in range(bins)
        if (which == b).any()
    )
    return {
        "precision": p,
        "recall": r,
        "thresholds": t,
        "falsePositiveRate": fpr,
        "truePositiveRate": tpr,
        "rocThresholds": rt[1:],
        "rocArea": metrics.roc_auc_score(truth, scores) if both else np.nan,
        "averagePrecision": average_precision(truth, scores),
        "f1": [metrics.f1_score(truth, scores >= x, zero_division=0) for x in t],
        "shareTrue": share,
        "meanScore": mean,
        "expectedError": ece,
        "histogramPositives": np.histogram(scores[truth == 1], bins=bins, range=(0, 1))[0],
        "histogramNegatives": np.histogram(scores[truth == 0], bins=bins, range=(0, 1))[0],
    }


def label_case(name, truth, scores, threshold, curves=False):
    truth, scores = np.array(truth), np.array(scores)
    predicted = (scores >= threshold).astype(int)
    case = {"name": name, "labels": truth.shape[1], "truth": truth.ravel(), "scores": scores.ravel()}
    case["threshold"] = threshold
    case["outcomes"] = metrics.multilabel_confusion_matrix(truth, predicted).reshape(-1, 4)  # tn fp fn tp
    occurring = [k for k in range(truth.shape[1]) if truth[:, k].any() or predicted[:, k].any()]
    case.update(rates(truth, predicted, list(range(truth.shape[1])), occurring))
    mp, mr = case["averages"]["macro"][:2]
    case["cf1"] = 2 * mp * mr / (mp + mr) if mp + mr > 0 else mp + mr
    case["averagePrecision"] = [
        average_precision(truth[:, k], scores[:, k]) for k in range(truth.shape[1])
    ]
    having = truth.any(axis=0)
    case["map"] = (
        metrics.average_precision_score(truth[:, having], scores[:, having], average="macro") if having.any() else np.nan
    )
    case["hamming"] = metrics.hamming_loss(truth, predicted)
    case["subset"] = metrics.accuracy_score(truth, predicted)
    missed = (truth == 1) & (predicted == 0)
    case["missed"] = (missed.T.astype(int) @ predicted).ravel()
    case["missedWrong"] = (missed.T.astype(int) @ (predicted & (truth == 0))).ravel()
    if curves:
        case["curves"] = [binary_curves(truth[:, k], scores[:, k]) for k in range(truth.shape[1])]
    return case


def confident_learning(given, probabilities):
    """The definition, row by row; see label-errors.ts."""
    classes = probabilities.shape[1]
    limits = [
        probabilities[given == k, k].mean() if (given == k).any() else np.inf for k in range(classes)
    ]
    suspects = []
    joint = np.zeros((classes, classes), int)
    for row, label in enumerate(given):
        above = [k for k in range(classes) if probabilities[row, k] >= limits[k]]
        if not above:
            continue
        best = max(above, key=lambda k: probabilities[row, k])
        joint[label, best] += 1
        if best != label:
            suspects.append((probabilities[row, label], row, label, best))
    suspects.sort()
    return {
        "rows": [s[1] for s in suspects],
        "given": [s[2] for s in suspects],
        "suggested": [s[3] for s in suspects],
        "joint": joint.ravel(),
    }


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return None if np.isnan(value) else float(value)
    return value


def make(path):
    rng = np.random.default_rng(20261124)

    def grid(shape, steps=1024):
        return rng.integers(0, steps + 1, shape) / steps

    def noisy(truth, classes, share):
        return np.where(rng.random(len(truth)) < share, rng.integers(0, classes, len(truth)), truth)

    t5 = rng.integers(0, 5, 60)
    s5 = grid((60, 5))
    t3 = rng.integers(0, 3, 60)
    skewed = rng.choice(4, 90, p=[0.85, 0.1, 0.04, 0.01])
    refusing = noisy(t3, 3, 0.4)
    refusing[::7] = -1
    classes = [
        class_case("random, five classes", t5, s5.argmax(1), 5, s5),
        class_case("mostly right, three classes", t3, noisy(t3, 3, 0.3), 3),
        class_case("top-k with many ties", t5, noisy(t5, 5, 0.5), 5, grid((60, 5), 3)),
        class_case("skewed, with classes that are never predicted", skewed, np.zeros(90, int), 4),
        class_case("a class that is predicted and never true", [0, 0, 1, 1], [0, 2, 1, 2], 3),
        class_case("a class that neither occurs nor is predicted", [0, 0, 1, 1], [0, 1, 1, 1], 4),
        class_case("one class", [0] * 5, [0] * 5, 1),
        class_case("all wrong", [0, 1, 0, 1], [1, 0, 1, 0], 2),
        class_case("all right", [0, 1, 2, 2], [0, 1, 2, 2], 3),
        class_case("some refused", t3, refusing, 3),
    ]

    truth = (rng.random((48, 4)) < [0.5, 0.3, 0.1, 0.7]).astype(int)
    scores = np.clip(np.round((truth * 0.25 + rng.random((48, 4)) * 0.75) * 1024) / 1024, 0, 1)
    tied = np.round(scores * 4) / 4
    hard = truth.copy()
    hard[:, 0] = 0  # no positives
    hard[:, 1] = 1  # all positives
    doubles = rng.random((24, 2))
    labels = [
        label_case("random", truth, scores, 0.5, curves=True),
        label_case("many ties, threshold on a score", truth, tied, 0.5, curves=True),
        label_case("no positives in one label, all in another", hard, scores, 0.5, curves=True),
        label_case("one score for all", truth, np.full((48, 4), 0.25), 0.25, curves=True),
        label_case("nothing predicted", truth, scores, 1.5),
        label_case("everything predicted", truth, scores, 0.0),
        label_case("no positives at all", np.zeros((10, 2), int), grid((10, 2)), 0.5),
        label_case("two photos", [[1, 0], [0, 1]], [[0.75, 0.75], [0.25, 0.75]], 0.75),
        label_case("doubles", (doubles + rng.random((24, 2)) > 1).astype(int), doubles, 0.3, curves=True),
    ]

    given = rng.integers(0, 4, 100)
    logits = rng.normal(size=(100, 4)) + 2 * np.eye(4)[noisy(given, 4, 0.2)]
    probabilities = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    errors = {"classes": 4, "given": given, "probabilities": probabilities.ravel()}
    errors["found"] = confident_learning(given, probabilities)
    binary = [
        confident_learning(truth[:, k], np.stack([1 - scores[:, k], scores[:, k]], 1)) for k in range(4)
    ]
    pathlib.Path(path).write_text(
        json.dumps(
            plain({"bins": bins, "classes": classes, "labels": labels, "errors": errors, "labelErrors": binary}),
            separators=(",", ":"),
        )
        + "\n"
    )


make(sys.argv[1])
