"""Loads each dataset folder: load_exports.py FOLDER... prints, a line each, its splits with rows and columns, as JSON."""

import json
import sys
import tempfile

from datasets import load_dataset

for folder in sys.argv[1:]:
    with tempfile.TemporaryDirectory() as cache:
        parts = load_dataset(folder, cache_dir=cache)
        for rows in parts.values():
            for row in rows:  # every row is read
                assert set(row) == set(rows.column_names)
        print(json.dumps({name: [rows.num_rows, rows.column_names, rows[0]] for name, rows in parts.items()}), flush=True)
