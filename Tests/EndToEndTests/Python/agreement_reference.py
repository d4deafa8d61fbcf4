"""Agreement of people by programs that are not ours: Krippendorff's alpha by `krippendorff`, Cohen's kappa by `scikit-learn`; what neither
has is worked out here from the labels themselves, without the sums that etascope keeps.

    agreement_reference.py tables FILE     a table a line: {"people", "values", "units": [[value or null, one a person], …]}
    agreement_reference.py workspace FILE  the step labels in a workspace's own table, read with sqlite3

Prints one JSON object a table: figures by name; null where one is undefined.
"""
import itertools
import json
import math
import sqlite3
import sys
import warnings

import krippendorff
import numpy as np
from sklearn.metrics import cohen_kappa_score

warnings.filterwarnings("ignore")


def number(value):
    return None if value is None or math.isnan(value) else float(value)


def alpha(data, level, values):
    try:
        return number(krippendorff.alpha(reliability_data=data, level_of_measurement=level, value_domain=values))
    except (ValueError, ZeroDivisionError):
        return None


def figures(table):
    values = list(range(table["values"]))
    domain = [float(v) for v in values]
    seen = {v for unit in table["units"] for v in unit if v is not None}
    units = [unit for unit in table["units"] if sum(v is not None for v in unit) >= 2]
    if not units:
        return {"doublyLabelled": 0}
    data = np.array([[np.nan if v is None else float(v) for v in unit] for unit in units]).T
    said = [[v for v in unit if v is not None] for unit in units]
    several = len({v for unit in said for v in unit}) > 1
    out = {"doublyLabelled": len(units)}
    for name, level in [("alphaNominal", "nominal"), ("alphaOrdinal", "ordinal"), ("alphaInterval", "interval")]:
        out[name] = alpha(data, level, domain) if several else None
    agreeing = [np.mean([a == b for a, b in itertools.combinations(unit, 2)]) for unit in said]
    raw = out["raw"] = float(np.mean(agreeing))
    for value in values:
        pairs = [(a, b) for unit in said for a, b in itertools.permutations(unit, 2) if a == value]
        out[f"specific{value}"] = number(np.mean([a == b for a, b in pairs])) if pairs else None
    q = len(seen)
    if q > 1:
        shares = [np.mean([unit.count(value) / len(unit) for unit in said]) for value in values]
        chance = sum(share * (1 - share) for share in shares) / (q - 1)
        out["ac1"] = number((raw - chance) / (1 - chance))
        out["pabak"] = number((q * raw - 1) / (q - 1))
    active = [p for p in range(table["people"]) if any(unit[p] is not None for unit in table["units"])]
    if len(active) == 2:
        first, second = ([unit[p] for unit in units] for p in active)
        out["kappa"] = number(cohen_kappa_score(first, second, labels=values)) if several else None
        out["weightedKappa"] = (
            number(cohen_kappa_score(first, second, labels=values, weights="quadratic")) if several else None
        )
    return out


def workspace(path):
    """The last label of each labeller of each unit, in the order of the log."""
    standing, people = {}, {}
    for (entry,) in sqlite3.connect(path).execute("SELECT entry FROM labels ORDER BY sequence"):
        label = json.loads(entry)["label"]
        if label["act"] != "step" or label.get("role", "labeller") != "labeller" or label.get("purpose", "work") != "work":
            continue
        people.setdefault(label["who"], len(people))
        standing.setdefault(label["unit"], {})[label["who"]] = label.get("value")
    units = []
    for said in standing.values():
        unit = [None] * len(people)
        for who, value in said.items():
            unit[people[who]] = None if value is None else value + 1
        units.append(unit)
    return {"people": len(people), "values": 3, "units": units}


if __name__ == "__main__":
    kind, path = sys.argv[1:]
    tables = [json.loads(line) for line in open(path)] if kind == "tables" else [workspace(path)]
    for table in tables:
        print(json.dumps(figures(table)))
