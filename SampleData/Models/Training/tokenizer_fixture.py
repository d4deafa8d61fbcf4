"""Makes the fixture that holds the tokenizer to Hugging Face's `tokenizers`: the model's own and one of GPT-2's kind.

    python tokenizer_fixture.py --tokenizer SampleData/Models/policy/tokenizer.json --out Tests/ModelsTests/Fixtures
"""

import argparse
import json
import random
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

TEXTS = [
    "", " ", "\n", "Ana has 13 apples. Lena has 10 apples.\n", "3 trays hold 3 * 3 = 9 apples.\n#### 32\n", "a\n\nb\n", "  two  spaces  ",
    "tab\tand\r\nreturn", "don't we'll I'M they're", "1234567890 12.5 1,200", "x=3;y=-4", "naïve café Zürich", "e\u0301 is not é",
    "日本語のテキスト", "Привет, мир!", "مرحبا بالعالم", "🙂👩‍👩‍👧‍👦🏳️‍🌈", "½ Ⅻ ٣ ²", "\u00a0no-break\u2003em\u3000ideographic\u0085next\u000bvt\u200b",
    "\u0000\u0001\u001b[31m", "<eos> and <bos>", "\ufeffbom", "ﬁ ligature ﬀ", "한국어 조합 \u1112\u1161\u11ab", "a" * 300, "?!...---\n!!!\n", "\ud7ff\ue000\ufffd",
]


def gpt2_like():
    tok = Tokenizer(models.BPE(ignore_merges=True))
    tok.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)])
    tok.decoder = decoders.ByteLevel()
    tok.train_from_iterator(
        [t for t in TEXTS if "\u0000" not in t] * 2,
        trainers.BpeTrainer(vocab_size=420, special_tokens=["<s>"], show_progress=False, min_frequency=2,
                            initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    return tok


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--tokenizer", type=Path, required=True)
    a.add_argument("--out", type=Path, required=True)
    a = a.parse_args()
    own = json.loads(a.tokenizer.read_text())
    other = json.loads(gpt2_like().to_str())
    other["model"]["merges"] = [" ".join(m) for m in other["model"]["merges"]]  # the older of the two forms
    rng = random.Random("texts")
    pool = [c for t in TEXTS for c in t]
    texts = TEXTS + ["".join(rng.choice(pool) for _ in range(rng.randrange(1, 60))) for _ in range(40)]
    for name, data in (("stories", own), ("gpt2-like", other)):
        (a.out / f"tokenizer-{name}.json").write_text(json.dumps(data, ensure_ascii=False) + "\n")
        tok = Tokenizer.from_str(json.dumps(data))
        cases = [{"text": t, "ids": tok.encode(t, add_special_tokens=False).ids} for t in texts]
        body = ",\n".join(json.dumps(c) for c in cases)
        (a.out / f"tokens-{name}.json").write_text(f"[\n{body}\n]\n")


if __name__ == "__main__":
    main()
