"""Builds tokenizer.json: byte-level BPE over the stories, digits one by one, a line's end one token with its full stop.

Byte-level, so every text can be encoded; trained on the generator's own stream, so every frequent word is one token.

    python vocabulary.py FOLDER
"""

import random
import sys
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, processors, trainers

import stories

PAD, BOS, EOS = "<pad>", "<bos>", "<eos>"
PATTERN = r" ?\p{L}+| ?\p{N}| ?[^\s\p{L}\p{N}]+\n?|\s+"
SIZE = 640


def build(samples=30000):
    rng = random.Random("vocabulary")
    texts = []
    for i in range(samples):
        s = stories.draw(rng, "train", ("standard", "easy", "hard")[i % 3])
        texts.append(s.prompt + "\n" + "\n".join(s.solution) + "\n")
    tok = Tokenizer(models.BPE(ignore_merges=False))
    tok.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(PATTERN), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    )
    tok.decoder = decoders.ByteLevel()
    tok.train_from_iterator(
        texts,
        trainers.BpeTrainer(vocab_size=SIZE, special_tokens=[PAD, BOS, EOS], show_progress=False, min_frequency=500,
                            initial_alphabet=pre_tokenizers.ByteLevel.alphabet()),
    )
    tok.post_processor = processors.TemplateProcessing(single=f"{BOS} $A", special_tokens=[(BOS, 1)])
    return tok


if __name__ == "__main__":
    tok = build()
    path = Path(sys.argv[1]) / "tokenizer.json"
    tok.save(str(path))
    rng = random.Random(5)
    s = stories.story(rng)
    text = s.prompt + "\n" + "\n".join(s.solution) + "\n"
    ids = tok.encode(text)
    assert tok.decode(ids.ids, skip_special_tokens=True) == text
    print(path, tok.get_vocab_size(), "tokens;", len(text), "characters ->", len(ids.ids))
    print(ids.tokens)
