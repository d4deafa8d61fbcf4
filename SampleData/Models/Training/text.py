"""Between stories and token ids."""

from pathlib import Path

from tokenizers import Tokenizer

PAD, BOS, EOS = 0, 1, 2


class Text:
    def __init__(self, folder):
        self.tok = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
        self.size = self.tok.get_vocab_size()
        # every token that ends a line: an option's last token
        self.line_ends = {i for i in range(self.size) if "Ċ" in (self.tok.id_to_token(i) or "")}

    def prompt(self, question):
        return self.tok.encode(question + "\n").ids

    def solution(self, lines):
        return self.tok.encode("\n".join(lines) + "\n", add_special_tokens=False).ids

    def lines(self, ids):
        return [x for x in self.tok.decode(list(ids)).split("\n") if x]
