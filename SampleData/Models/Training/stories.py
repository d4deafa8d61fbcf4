"""Word stories: a seeded generator of short grade-school problems with worked solutions.

A story says how many things a few people start with, what happens to them, and asks one question. Its solution is a
list of steps; every step is one arithmetic fact about a named quantity. Steps are kept symbolic (operands point to
earlier results), so that a solution can be re-evaluated after one of its steps was corrupted: that gives process
labels without end for the critics.

Splits are decided by a hash of the normalised problem (names, things and containers replaced by their order of
appearance), so two problems that differ only in who owns what are never on both sides.

    python stories.py problems FOLDER              writes train/dev/test/easy/hard/hard-dev .jsonl
    python stories.py problems FOLDER dev=1000     writes so many of one kind
"""

import hashlib
import json
import random
import re
import sys
from dataclasses import dataclass
from pathlib import Path

NAMES = ["Mina", "Omar", "Lena", "Tom", "Ana", "Ben", "Ivy", "Raj", "Zoe", "Max", "Nora", "Finn"]
THINGS = ["apples", "pens", "books", "coins", "cards", "shells", "stamps", "beads", "marbles", "pears", "plums", "cups"]
CONTAINERS = ["bags", "boxes", "packs", "trays"]
SYLLABLES = ["ba", "ka", "lo", "mi", "nu", "re", "so", "ti", "za", "dro", "vel", "wen", "fa", "ga"]
LARGEST_VALUE = 300


@dataclass(frozen=True)
class Tier:
    """Ranges of one difficulty tier; every pair is an inclusive range."""

    lines: tuple
    people: tuple
    start: tuple
    change: tuple
    bags: tuple
    in_a_bag: tuple
    times: tuple


TIERS = {
    "easy": Tier((2, 3), (1, 2, 2), (2, 20), (2, 10), (2, 5), (2, 6), (2, 3)),
    "standard": Tier((2, 5), (1, 2, 2, 2, 3), (3, 30), (2, 20), (2, 6), (2, 8), (2, 4)),
    "hard": Tier((6, 7), (2, 2, 3), (3, 30), (2, 20), (2, 6), (2, 8), (2, 4)),
}


@dataclass(frozen=True)
class Step:
    """`text` with {a} {b} {c}; an operand is ("n", number) or ("s", slot); the result goes to slot `out`."""

    text: str
    left: tuple
    op: str
    right: tuple
    out: int
    person: str = ""


@dataclass
class Story:
    prompt: str
    steps: list
    lines: list
    answer: int
    truths: set
    numbers: list
    people: list

    @property
    def solution(self):
        return self.lines + [f"#### {self.answer}"]


def apply(a, op, b):
    if op == "+":
        return a + b
    if op == "-":
        return a - b
    if op == "*":
        return a * b
    return a // b if b and a % b == 0 else None


class _Builder:
    """Grows one story; `None` from `build` means that the draw broke a rule and must be repeated."""

    def __init__(self, rng, tier):
        self.r, self.t = rng, tier
        self.values, self.text, self.slot_of = [], [], {}
        self.truth_steps, self.initial, self.events, self.depends = [], {}, {}, {}
        self.numbers = []

    def pick(self, pair):
        n = self.r.randint(*pair)
        self.numbers.append(n)
        return n

    def below(self, value, pair):
        """A change that leaves at least two things, or None."""
        top = min(pair[1], value - 2)
        return None if top < pair[0] else self.pick((pair[0], top))

    def step(self, text, left, op, right, person=""):
        a, b = self.value(left), self.value(right)
        c = apply(a, op, b)
        if c is None or not 0 < c <= LARGEST_VALUE:
            raise ValueError
        self.values.append(c)
        made = Step(text, left, op, right, len(self.values) - 1, person)
        self.truth_steps.append(made)
        return made

    def value(self, operand):
        return operand[1] if operand[0] == "n" else self.values[operand[1]]

    def amount(self, person):
        return self.value(self.slot_of[person])

    def change(self, person, op, right):
        made = self.step(f"{person} has {{a}} {op} {{b}} = {{c}} {self.thing}.", self.slot_of[person], op, right, person)
        self.slot_of[person] = ("s", made.out)
        return made

    def begin(self, people):
        for i, p in enumerate(people):
            self.initial[p], self.events[p], self.depends[p] = [], [], None
            if i == 0 or self.r.random() < 0.4:
                n = self.pick(self.t.start)
                self.slot_of[p] = ("n", n)
                self.text.append(f"{p} has {n} {self.thing}.")
                continue
            q, kind = people[i - 1], self.r.random()
            self.depends[p] = q
            if kind < 0.4:
                b, op, words = self.pick(self.t.change), "+", "more"
            elif kind < 0.7:
                b, op, words = self.below(self.amount(q), self.t.change), "-", "fewer"
            else:
                b, op, words = self.pick(self.t.times), "*", "times as many"
            if b is None:
                raise ValueError
            self.text.append(f"{p} has {b} {words} {self.thing} {'as' if op == '*' else 'than'} {q}.")
            self.slot_of[p] = self.slot_of[q]
            self.initial[p] = [self.change(p, op, ("n", b))]

    def event(self, people):
        p, kind = self.r.choice(people), self.r.random()
        have = self.amount(p)
        if kind < 0.22:
            b = self.pick(self.t.change)
            self.text.append(f"{p} {self.r.choice(['buys', 'finds', 'picks'])} {b} {self.thing}.")
            self.events[p].append(self.change(p, "+", ("n", b)))
        elif kind < 0.47:
            a, b, box = self.pick(self.t.bags), self.pick(self.t.in_a_bag), self.r.choice(CONTAINERS)
            self.text.append(f"{p} buys {a} {box} of {b} {self.thing}.")
            held = self.step(f"{{a}} {box} hold {{a}} * {{b}} = {{c}} {self.thing}.", ("n", a), "*", ("n", b), p)
            self.events[p] += [held, self.change(p, "+", ("s", held.out))]
        elif kind < 0.7:
            b = self.below(have, self.t.change)
            if b is None:
                raise ValueError
            self.text.append(f"{p} {self.r.choice(['loses', 'sells'])} {b} {self.thing}.")
            self.events[p].append(self.change(p, "-", ("n", b)))
        elif kind < 0.8:
            if have % 2 or have < 4:
                raise ValueError
            self.text.append(f"{p} gives away half of the {self.thing}.")
            self.events[p].append(self.change(p, "/", ("n", 2)))
        else:
            b = self.below(have, self.t.change)
            if len(people) < 2 or b is None:
                raise ValueError
            q = self.r.choice([x for x in people if x != p])
            self.text.append(f"{p} gives {b} {self.thing} to {q}.")
            self.events[p].append(self.change(p, "-", ("n", b)))
            self.events[q].append(self.change(q, "+", ("n", b)))

    def needed(self, people):
        """Steps that the question needs: relative starts first, then each asked person's events in order."""
        out, done = [], set()

        def start(p):
            if p in done:
                return
            done.add(p)
            if self.depends[p]:
                start(self.depends[p])
            out.extend(self.initial[p])

        for p in people:
            start(p)
        for p in people:
            out.extend(self.events[p])
        return out

    def question(self, people):
        kind, th = self.r.random(), self.thing
        if len(people) >= 2 and kind < 0.6:
            p, q = self.r.sample(people, 2)
            if kind < 0.35:
                self.text.append(f"How many {th} do {p} and {q} have together now?")
                steps = self.needed([p, q])
                last = self.step(f"Together they have {{a}} + {{b}} = {{c}} {th}.", self.slot_of[p], "+", self.slot_of[q])
            else:
                if self.amount(p) < self.amount(q):
                    p, q = q, p
                self.text.append(f"How many more {th} does {p} have than {q} now?")
                steps = self.needed([p, q])
                last = self.step(f"The difference is {{a}} - {{b}} = {{c}} {th}.", self.slot_of[p], "-", self.slot_of[q])
            return steps + [last]
        p, kind = self.r.choice(people), self.r.random()
        steps = self.needed([p])
        if kind < 0.4:
            self.text.append(f"How many {th} does {p} have now?")
            return steps
        if kind < 0.7:
            b = self.pick((2, 5))
            self.text.append(f"{p} sells all the {th} for {b} dollars each. How many dollars does {p} get?")
            return steps + [self.step(f"{p} gets {{a}} * {{b}} = {{c}} dollars.", self.slot_of[p], "*", ("n", b), p)]
        have = self.amount(p)
        sizes = [d for d in range(2, 10) if have % d == 0 and have > d]
        if not sizes:
            raise ValueError
        b, box = self.r.choice(sizes), self.r.choice(CONTAINERS)
        self.numbers.append(b)
        self.text.append(f"{p} packs all the {th} into {box} of {b}. How many {box} does {p} get?")
        return steps + [self.step(f"{p} fills {{a}} / {{b}} = {{c}} {box}.", self.slot_of[p], "/", ("n", b), p)]

    def build(self):
        people = self.r.sample(NAMES, self.r.choice(self.t.people))
        self.thing = self.r.choice(THINGS)
        if self.r.random() < 0.03:
            people = [_invented(self.r).capitalize() for _ in people]
            if len(set(people)) < len(people):
                return None
        if self.r.random() < 0.03:
            self.thing = _invented(self.r) + "s"
        try:
            self.begin(people)
            for _ in range(self.r.choice((1, 1, 2, 2, 3) if self.t.lines[1] < 6 else (3, 4, 5))):
                self.event(people)
            steps = self.question(people)
        except ValueError:
            return None
        if not self.t.lines[0] <= len(steps) <= self.t.lines[1]:
            return None
        lines = render(steps, dict(enumerate(self.values)))
        spoken = render(self.truth_steps, dict(enumerate(self.values)))
        truths = set(spoken)
        if len(truths) < len(spoken):
            return None  # a line that is true twice could not be labelled
        answer = self.values[steps[-1].out]
        return Story(" ".join(self.text), steps, lines, answer, truths, self.numbers, people)


def _invented(r):
    return "".join(r.choice(SYLLABLES) for _ in range(r.randint(2, 3)))


def render(steps, values):
    def v(operand):
        return operand[1] if operand[0] == "n" else values[operand[1]]

    return [s.text.format(a=v(s.left), b=v(s.right), c=values[s.out]) for s in steps]


def story(rng, tier="standard"):
    """One story of `tier`, drawn until every rule holds."""
    while True:
        made = _Builder(rng, TIERS[tier]).build()
        if made:
            return made


# ---- splits -------------------------------------------------------------------------------------------------------


def normalised(prompt):
    """The problem without its names, things and containers: what the split is decided by."""
    seen = {}

    def alias(match):
        word = match[0]
        return seen.setdefault(word, f"w{len(seen)}")

    fixed = "has more fewer times as many than buys finds picks of loses sells gives away half the to How do and have together now does all for dollars each get packs into".split()
    return re.sub(r"[A-Za-z]+", lambda m: m[0] if m[0] in fixed else alias(m), prompt)


def split_of(prompt):
    """train, dev (2 %) or test (2 %), by the hash of the normalised problem."""
    bucket = int(hashlib.sha256(normalised(prompt).encode()).hexdigest()[:8], 16) % 50
    return {0: "test", 1: "dev"}.get(bucket, "train")


def mixed_tier(rng):
    """A tier as often as training has it."""
    return rng.choices(("standard", "easy", "hard"), (0.8, 0.14, 0.06))[0]


def draw(rng, split, tier="standard"):
    while True:
        s = story(rng, tier)
        if split_of(s.prompt) == split:
            return s


# ---- labels -------------------------------------------------------------------------------------------------------


def final_answer(lines):
    if lines and lines[-1].startswith("#### "):
        try:
            return int(lines[-1][5:])
        except ValueError:
            return None
    return None


def outcome(s, lines):
    """True where the final answer is the story's."""
    return final_answer(lines) == s.answer


def line_labels(s, lines):
    """For every line: is it a true statement of this story, not said before (the answer line: the right answer)?"""
    said, out = set(), []
    for line in lines:
        good = line not in said and (line in s.truths or line == f"#### {s.answer}")
        said.add(line)
        out.append(good)
    return out


def corrupted(s, rng):
    """A solution with one step gone wrong the way a small model errs, and its consequences carried through.

    Returns (lines, index of the first wrong line) or None when the draw changed nothing.
    """
    at = rng.randrange(len(s.steps))
    values, steps = {}, []
    earlier = []
    for i, st in enumerate(s.steps):
        a, b = _operand(st.left, values), _operand(st.right, values)
        op, text = st.op, st.text
        if i == at:
            kind = rng.random()
            if kind < 0.25:  # an arithmetic slip
                c = apply(a, op, b)
                if c is None:
                    return None
                c += rng.choice([-10, -2, -1, 1, 2, 10])
            else:
                if kind < 0.6:  # a wrong operand, from the story or from an earlier line
                    pool = [n for n in s.numbers + earlier if n not in (a, b)]
                    if not pool:
                        return None
                    if rng.random() < 0.5:
                        a = rng.choice(pool)
                    else:
                        b = rng.choice(pool)
                elif kind < 0.75:  # a wrong operation
                    other = rng.choice([o for o in "+-*/" if o != op])
                    text, op = text.replace(f" {op} ", f" {other} "), other
                elif kind < 0.87:  # a wrong person
                    others = [p for p in s.people if p != st.person]
                    if not st.person or not others or st.person not in text:
                        return None
                    text = text.replace(st.person, rng.choice(others))
                else:  # an event left out: its result is its left operand, and no line is written
                    values[st.out] = a
                    continue
                c = apply(a, op, b)
        else:
            c = apply(a, op, b)
        if c is None or c < 0 or c > 999:
            return None
        values[st.out] = c
        earlier.append(c)
        steps.append(text.format(a=a, b=b, c=c))
    answer = values[s.steps[-1].out]
    if answer is None or not steps:
        return None
    lines = steps + [f"#### {answer}"]
    if rng.random() < 0.08:  # a right derivation with a wrong last word
        lines = s.lines + [f"#### {rng.choice(s.numbers + earlier)}"]
    labels = line_labels(s, lines)
    return (lines, labels.index(False)) if False in labels else None


def _operand(operand, values):
    return operand[1] if operand[0] == "n" else values[operand[1]]


# ---- the committed problem files ----------------------------------------------------------------------------------


# Of each file: the split and the tier of its problems, and how many there are.
PROBLEM_FILES = {
    "train": ("train", "standard", 2000),
    "dev": ("dev", "standard", 400),
    "test": ("test", "standard", 600),
    "easy": ("test", "easy", 60),
    "hard": ("test", "hard", 200),
    "hard-dev": ("dev", "hard", 200),
}


def write_problems(folder, counts=None):
    counts = counts or {name: count for name, (_, _, count) in PROBLEM_FILES.items()}
    for name, count in counts.items():
        split, tier, _ = PROBLEM_FILES[name]
        rng, seen, rows = random.Random(f"problems-{name}"), set(), []
        while len(rows) < count:
            s = draw(rng, split, tier)
            key = normalised(s.prompt)
            if key in seen:
                continue
            seen.add(key)
            rows.append({"id": f"{name}-{len(rows) + 1:04d}", "question": s.prompt, "answer": str(s.answer),
                         "source": "etascope stories", "split": split, "tier": tier, "lines": len(s.lines)})
        Path(folder).mkdir(parents=True, exist_ok=True)
        path = Path(folder) / f"{name}.jsonl"
        path.write_text("".join(json.dumps(r) + "\n" for r in rows))
        print(path, len(rows))


if __name__ == "__main__":
    if sys.argv[1:2] == ["problems"]:
        write_problems(sys.argv[2], {k: int(n) for k, n in (x.split("=") for x in sys.argv[3:])})
    else:
        rng = random.Random(0)
        for tier in TIERS:
            for _ in range(4):
                s = story(rng, tier)
                print(f"[{tier}] {s.prompt}\n  " + "\n  ".join(s.solution))
                print("  corrupted:", corrupted(s, rng))
