"""Reads a log with Inspect's own reader and says what is in it, as one line of JSON."""

import json
import sys

from inspect_ai.log import read_eval_log

log = read_eval_log(sys.argv[1])
sample = log.samples[0]
kinds = {}
for event in sample.events:
    kinds[event.event] = kinds.get(event.event, 0) + 1
branches = [event.id for event in sample.events if event.event == "span_begin" and event.type == "branch"]
print(
    json.dumps(
        {
            "status": log.status,
            "task": log.eval.task,
            "input": sample.input,
            "events": kinds,
            "branches": branches,
            "nodes": [event.data["id"] for event in sample.events if event.event == "info"],
        }
    )
)
