"""Lines of mixed languages: scripts, emoji, combining marks, code, runs of white space, control bytes, names of special tokens."""

import random

SENTENCES = [
    "Ana has 13 apples and buys 240 more; how many apples does she have now?", "3 trays hold 3 * 3 = 9 apples.", "#### 1,253.50",
    "The quick brown fox jumps over the lazy dog's back, and they'll say it's the end of the story.",
    "Zoë's 3.50 € café – naïve, déjà vu! Ça va où? Straße, Größe, Übung, Žižek, İstanbul'da ığdır, Łódź",
    "Съешь же ещё этих мягких французских булок, да выпей чаю. Їжак", "Ξεσκεπάζω την ψυχοφθόρα σου βδελυγμία, ΟΔΟΣ",
    "نص حكيم له سر قاطع وذو شأن عظيم مكتوب على ثوب أخضر", "דג סקרן שט בים מאוכזב ולפתע מצא חברה", "ऋषियों को सताने वाले दुष्ट राक्षसों के राजा रावण का",
    "เป็นมนุษย์สุดประเสริฐเลิศคุณค่า กว่าบรรดาฝูงสัตว์เดรัจฉาน", "いろはにほへと ちりぬるを ガギグゲゴ ﾊﾝｶｸ", "天地玄黃,宇宙洪荒。日月盈昃,辰宿列張。",
    "다람쥐 헌 쳇바퀴에 타고파 한글", "Tiếng Việt có nhiều dấu thanh: ăn, ở, đi, về", "தமிழ் மொழி", "ქართული ენა", "Հայերեն լեզու",
    "def f(x):\n    return x ** 2  # twice\n\n\nprint(f(21))\r\n", "for (int i = 0; i < n; ++i) { a[i] += b[i] * 0x1F; } // loop",
    "SELECT * FROM t WHERE name = 'O''Brien' AND id >= 42;", "\\frac{1}{2} + \\sqrt{x^2} = \\boxed{\\text{yes}}", "<div class=\"a\">&nbsp;</div>",
    "https://example.org/a?b=c&d=%20e#f", "I'M they'RE we'Ll you'D CAN'T don’t ſ'ſ", "x=3;y=-4;z=+5.0e-10", "½ Ⅻ ٣ ² ㊷ ௧௨௩ 一二三 ①②",
    "🙂👩‍👩‍👧‍👦🏳️‍🌈 👍🏽 🇩🇪🇫🇷 ❤️ ☃ 🐿️", "ﬁ ligature ﬀ ﷺ ㎏ ﾟ ª º", "Å Å Å", "é é ñ ñ ệ ệ ệ", "a̴̡b̵͎c̶̛ Zalgo",
    "mixed漢字and한글andкириллица", "1234567890 12.5 1,200 3/4 10:30 100% $5 €6 №7", "?!...---\n!!!\n", "___ __init__ snake_case camelCase HTTPServer",
    "a\tb\t\tc", "tab\tand\r\nreturn\r", "\"quoted\" “curly” ‘single’ «guillemets» „low“", "end.",
]
SPACES = [" ", "  ", "   ", "        ", "\n", "\n\n", "\n\n\n", "\t", "\r\n", " \n ", "\u00a0", "\u2003", "\u3000", "\u0085", "\u000b", "\u200b", "\u2028"]
ODD = ["\u0000", "\u0001", "\u001b[31m", "\u007f", "\ufeff", "\u200d", "\u200e", "\ufffd", "\ue000", "\U0010fffd", "▁", "▁▁", "Ġ", "<0x0A>", "Ċ"]
SPECIALS = ["<unk>", "<s>", "</s>", "<|im_end|>", "<|im_start|>", "[INST]", "[/INST]", "<tool>", "<mask>", "word", "<pad>"]
RANGES = [(0x21, 0x7E), (0xA1, 0x24F), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF), (0x590, 0x5FF), (0x600, 0x6FF), (0x900, 0x97F), (0xE00, 0xE7F),
          (0x1100, 0x11FF), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2190, 0x22FF), (0x3040, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF),
          (0xFF00, 0xFFEF), (0x1D400, 0x1D7FF), (0x1F300, 0x1F64F)]


def line(rng):
    """One line, short or long, of pieces of every kind."""
    out = []
    for _ in range(rng.choice([1, 1, 2, 3, 5])):
        kind = rng.random()
        if kind < 0.45:
            words = rng.choice(SENTENCES)
            start = rng.randrange(len(words))
            out.append(words[start:start + rng.randrange(1, 50)])
        elif kind < 0.6:
            out.append(rng.choice(SPACES) * rng.choice([1, 1, 2, 7]))
        elif kind < 0.7:
            out.append(rng.choice(ODD))
        elif kind < 0.78:
            out.append(rng.choice(SPECIALS))
        elif kind < 0.9:
            low, high = rng.choice(RANGES)
            out.append("".join(chr(rng.randrange(low, high + 1)) for _ in range(rng.randrange(1, 8))))
        else:
            out.append(str(rng.randrange(10 ** rng.randrange(1, 12))))
        if rng.random() < 0.3:
            out.append(" ")
    return "".join(out)


def lines(count, seed):
    rng = random.Random(f"lines {seed}")
    return ["", " ", "\n"][:count] + SENTENCES[:max(0, count - 3)] + [line(rng) for _ in range(count - 3 - len(SENTENCES))]
