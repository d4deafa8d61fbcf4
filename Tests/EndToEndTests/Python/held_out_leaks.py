#!/usr/bin/env python3
"""Looks for held-out problems in imagined ones, by rules of its own: it knows nothing of etascope's code.

    held_out_leaks.py IMAGINED.jsonl HELD_OUT.jsonl...

Every accepted record of IMAGINED is compared with every held-out question:
  same        the same words, whatever their case, marks and spacing
  template    word stories alone: the same problem but for names, things and containers, as SampleData/Models/Training/stories.py
              normalises it, or with its sentences' numbers in another order
  split       word stories alone: the problem belongs to dev or test by the digest of that file
              (a story asked backwards counts as what it asks forwards)
  run         other texts: 13 words in a row, or all words of a question of 5 to 12
Prints a line a leak and a count; exit code 1 where there is one.
"""

import json
import re
import sys
import unicodedata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "SampleData/Models/Training"))
import stories  # noqa: E402  (what made the stories, not what imagines others)

RUN = 13
SENTENCE = re.compile(
    r"[A-Z][a-z]+ (has (\d+|x)( more| fewer| times as many)? [a-z]+( (than|as) [A-Z][a-z]+)?)$")
BACKWARD = re.compile(r"^(.*\?) If we know the answer to the above question is \d+, what is the value of unknown variable x\?$")


def words(text):
    text = unicodedata.normalize("NFKC", text)
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return re.findall(r"[^\W_]+", text.lower())


def is_story(text):
    """Begins as every story of the family does, with what somebody has, and asks something."""
    told = re.split(r"(?<=\.) ", text)
    return len(told) > 1 and text.endswith("?") and bool(SENTENCE.match(told[0].rstrip(".")))


def told_forwards(question, answer):
    """The question that was asked backwards, with its number; any other as it is."""
    backward = BACKWARD.match(question)
    return re.sub(r"\bx\b", str(answer), backward[1]) if backward else question


def skeleton(text):
    """A story without names, things and the order of its numbers; verbs of one meaning are one."""
    normal = stories.normalised(text)
    for verb, meaning in [("finds", "buys"), ("picks", "buys"), ("loses", "sells")]:
        normal = re.sub(rf"\b{verb}\b", meaning, normal)
    numbers = sorted(re.findall(r"\d+", normal), key=int)
    # The alias of a container or a thing says in which order they came up, which a container's own name changes.
    return re.sub(r"\d+", "#", re.sub(r"\bw(\d+)\b", lambda m: "w" + chr(97 + int(m[1])), normal)), tuple(numbers)


def runs(tokens, length):
    return (tuple(tokens[i:i + length]) for i in range(len(tokens) - length + 1))


def main(imagined, held_out):
    same, templates, skeletons, grams = {}, {}, {}, {}
    for path in held_out:
        for line in open(path, encoding="utf-8"):
            record = json.loads(line)
            question = record["question"]
            tokens = words(question)
            name = f"{Path(path).name}:{record.get('id', question[:30])}"
            same[tuple(tokens)] = name
            if is_story(question):
                templates[stories.normalised(question)] = name
                skeletons[skeleton(question)] = name
            if len(tokens) >= 5:
                for gram in runs(tokens, min(RUN, len(tokens))):
                    grams.setdefault(gram, []).append((name, is_story(question)))
    lengths = sorted({len(gram) for gram in grams})
    looked, leaks = 0, 0
    for line in open(imagined, encoding="utf-8"):
        record = json.loads(line)
        if not record["verdict"]["accepted"]:
            continue
        looked += 1
        question = record["question"]
        tokens = words(question)
        story = told_forwards(question, record.get("answer")) if is_story(question) else None
        if story and "unknown variable" in story:
            story = None
        found = []
        if tuple(tokens) in same:
            found.append(("same", same[tuple(tokens)]))
        if story:
            if stories.normalised(story) in templates:
                found.append(("template", templates[stories.normalised(story)]))
            elif skeleton(story) in skeletons:
                found.append(("template", skeletons[skeleton(story)]))
            if stories.split_of(story) != "train":
                found.append(("split", stories.split_of(story)))
        for length in lengths:
            for gram in runs(tokens, length):
                # A run that many questions have is boilerplate; stories share their runs with stories.
                hits = {name for name, is_other in grams.get(gram, []) if not (is_other and is_story(question))}
                if hits and len(set(n for n, _ in grams[gram])) <= 10:
                    found.append(("run", f"{sorted(hits)[0]}: {' '.join(gram)}"))
                    break
        for rule, what in found:
            leaks += 1
            print(f"{record['id']}\t{rule}\t{what}\t{question}")
    print(f"{leaks} leaks in {looked} accepted problems")
    return 1 if leaks or not looked else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
