"""Makes tokenizers of the kinds that published folders have, and what `tokenizers` makes of many lines with each.

    python make_tokenizers.py --out DIR [--lines 10000] [--seed 1] [--vocabulary 900]

DIR/lines.json holds the lines; DIR/KIND/tokenizer.json the tokenizer; DIR/KIND/expected.json for every line its tokens
where names of special tokens are those tokens (`specials`) and where they are plain text (`plain`; null where it is the same).
"""

import argparse
import json
import random
import unicodedata
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from texts import SENTENCES, lines

CONTRACTIONS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
LLAMA3 = CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
QWEN2 = CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
QWEN35 = CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
TEKKEN = (r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|"
          r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
DEEPSEEK = r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
BYTES = [f"<0x{byte:02X}>" for byte in range(256)]


def split(pattern, behavior="isolated", invert=False):
    return pre_tokenizers.Split(Regex(pattern) if pattern != " " else " ", behavior, invert=invert)


def byte_level(cuts, prefix=False, use_regex=False, ignore_merges=False, normalizer=None, special=("<|im_start|>", "<|im_end|>")):
    def make(size):
        t = Tokenizer(models.BPE(ignore_merges=ignore_merges))
        if normalizer:
            t.normalizer = normalizer
        t.pre_tokenizer = pre_tokenizers.Sequence([*cuts, pre_tokenizers.ByteLevel(add_prefix_space=prefix, use_regex=use_regex)])
        t.decoder = decoders.ByteLevel()
        t.train_from_iterator(SENTENCES * 3, trainers.BpeTrainer(
            vocab_size=size, min_frequency=2, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
        t.add_special_tokens(list(special))
        t.add_tokens([AddedToken("<tool>", normalized=False)])
        t.post_processor = processors.TemplateProcessing(
            single="<|im_start|> $A", special_tokens=[("<|im_start|>", t.token_to_id("<|im_start|>"))])
        return t
    return make


def sentence_piece(pre=None, normalizer=None, decoder=None, fallback=True, added=(), special_normalized=False, **model):
    """Trained with spaces as the beginnings of words, then given the parts that are asked for, as converters do."""
    def make(size):
        t = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=fallback))
        t.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
        special = ["<unk>", "<s>", "</s>"]
        t.train_from_iterator(SENTENCES * 3, trainers.BpeTrainer(
            vocab_size=size, min_frequency=2, limit_alphabet=220, special_tokens=special + (BYTES if fallback else []), show_progress=False))
        data = json.loads(t.to_str())
        data["added_tokens"] = [
            {"id": i, "content": c, "single_word": False, "lstrip": False, "rstrip": False, "normalized": special_normalized, "special": True}
            for i, c in enumerate(special)]
        data["model"].update({"fuse_unk": True, **model})
        t = Tokenizer.from_str(json.dumps(data))
        if normalizer:
            t.normalizer = normalizer
        t.pre_tokenizer = pre
        t.decoder = decoder or decoders.Sequence(
            [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(content=" ", left=1)])
        t.add_tokens(list(added))
        t.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 1)])
        return t
    return make


PREPENDED = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
KINDS = {
    "llama2": sentence_piece(normalizer=PREPENDED),
    "tinyllama": sentence_piece(normalizer=PREPENDED, special_normalized=True, added=[
        AddedToken("<|im_end|>", lstrip=True, rstrip=True, normalized=False), AddedToken("word", single_word=True, normalized=True),
        AddedToken("<mask>", lstrip=True, normalized=True), AddedToken("<tool>", rstrip=True, normalized=False)]),
    "llama2-first": sentence_piece(pre=pre_tokenizers.Metaspace(prepend_scheme="first", split=False)),
    "mistral": sentence_piece(pre=pre_tokenizers.Metaspace(prepend_scheme="always", split=False), added=[
        AddedToken("[INST]", special=True, normalized=False), AddedToken("[/INST]", special=True, normalized=False)]),
    "converted": sentence_piece(
        normalizer=normalizers.Sequence([normalizers.Replace(" ", "▁"), normalizers.Replace(Regex(r"\A▁"), "▁▁")]),
        pre=pre_tokenizers.Sequence([pre_tokenizers.Metaspace(prepend_scheme="always", split=False)])),
    "words": sentence_piece(
        pre=pre_tokenizers.Metaspace(prepend_scheme="always"), fallback=False, decoder=decoders.Metaspace(prepend_scheme="always"),
        normalizer=normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase(), normalizers.Strip()])),
    "unfused": sentence_piece(
        pre=pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Punctuation(), pre_tokenizers.Metaspace(prepend_scheme="never")]),
        fallback=False, fuse_unk=False, normalizer=normalizers.NFC()),
    "gemma": sentence_piece(normalizer=normalizers.Replace(" ", "▁"), pre=split(" ", "merged_with_previous"),
                            decoder=decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])),
    "numbers": sentence_piece(
        normalizer=normalizers.Sequence([normalizers.Replace(Regex(r"\s{2,}|[\n\t]"), " "), normalizers.NFD()]),
        pre=pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=False), split(r"\p{L}+", "contiguous"), split(r"\w", "merged_with_next"),
                                     pre_tokenizers.Metaspace(prepend_scheme="never")])),
    "llama3": byte_level([split(LLAMA3)], ignore_merges=True),
    "qwen2": byte_level([split(QWEN2)], normalizer=normalizers.NFC()),
    "qwen35": byte_level([split(QWEN35)], normalizer=normalizers.NFC()),
    "tekken": byte_level([split(TEKKEN)], ignore_merges=True),
    "deepseek": byte_level([split(r"\p{N}{1,3}"), split(r"[一-龥぀-ゟ゠-ヿ]+"), split(DEEPSEEK)]),
    "smollm": byte_level([pre_tokenizers.Digits(individual_digits=True)], prefix=True, use_regex=True),
    "only": byte_level([split(r"\s+", "removed"), split(r"\w+|[^\w\s]+", "removed", invert=True)]),
}
OLDER_MERGES = {"llama2", "tinyllama", "qwen2", "smollm"}


def known(text):
    """Whether every character has been in Unicode long enough for all libraries to agree what it is."""
    return all(unicodedata.category(c) != "Cn" for c in text)


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--out", type=Path, required=True)
    a.add_argument("--lines", type=int, default=10_000)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--vocabulary", type=int, default=900)
    a = a.parse_args()
    texts = [text for text in lines(2 * a.lines, a.seed) if known(text)][:a.lines]
    a.out.mkdir(parents=True, exist_ok=True)
    (a.out / "lines.json").write_text(json.dumps(texts))
    for kind, make in KINDS.items():
        tokenizer = make(a.vocabulary)
        data = json.loads(tokenizer.to_str())
        if kind in OLDER_MERGES:
            data["model"]["merges"] = [" ".join(pair) for pair in data["model"]["merges"]]
        folder = a.out / kind
        folder.mkdir(exist_ok=True)
        (folder / "tokenizer.json").write_text(json.dumps(data, ensure_ascii=random.Random(kind).random() < 0.5, separators=(",", ":")) + "\n")
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        found = {}
        for name, plain in (("specials", False), ("plain", True)):
            tokenizer.encode_special_tokens = plain
            found[name] = [e.ids for e in tokenizer.encode_batch(texts, add_special_tokens=False)]
        rows = [{"specials": s, "plain": None if s == p else p} for s, p in zip(found["specials"], found["plain"])]
        (folder / "expected.json").write_text("[\n" + ",\n".join(json.dumps(r, separators=(",", ":")) for r in rows) + "\n]\n")


main()
