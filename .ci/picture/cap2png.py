"""Draws a captured terminal screen (tmux capture-pane -e -p) cell by cell as a PNG.

    cap2png.py CAPTURE OUT.png COLUMNS ROWS       needs python3-pyte, python3-pil and DejaVu fonts (Debian)
"""

import sys

import pyte
from PIL import Image, ImageDraw, ImageFont

SIZE, CELL_W, CELL_H, BASE = 20, 12, 25, 19
PALETTE = {
    "black": "#1d2021", "red": "#e05f5f", "green": "#8ec07c", "brown": "#e0af68", "blue": "#7aa2f7", "magenta": "#bb9af7",
    "cyan": "#7dcfff", "white": "#c8c8c8", "brightblack": "#6b7089", "brightred": "#ff7a7a", "brightgreen": "#b9f27c",
    "brightbrown": "#ffd27f", "brightblue": "#a5c0ff", "brightmagenta": "#d7b8ff", "brightcyan": "#b4f0ff",
    "brightwhite": "#ffffff",
}
BACK, FORE = "#16181d", "#c8ccd4"


def colour(name, fallback):
    if name == "default":
        return fallback
    return PALETTE.get(name, "#" + name if len(name) == 6 else fallback)


def main():
    capture, out, columns, rows = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    screen = pyte.Screen(columns, rows)
    pyte.Stream(screen).feed(open(capture, encoding="utf-8").read().rstrip("\n").replace("\n", "\r\n"))
    plain = ImageFont.truetype("DejaVuSansMono.ttf", SIZE)
    bold = ImageFont.truetype("DejaVuSansMono-Bold.ttf", SIZE)
    image = Image.new("RGB", (columns * CELL_W + 24, rows * CELL_H + 24), BACK)
    draw = ImageDraw.Draw(image)
    for y in range(rows):
        for x in range(columns):
            cell = screen.buffer[y][x]
            fore, back = colour(cell.fg, FORE), colour(cell.bg, BACK)
            if cell.reverse:
                fore, back = back, fore
            left, top = 12 + x * CELL_W, 12 + y * CELL_H
            if back != BACK:
                draw.rectangle([left, top, left + CELL_W - 1, top + CELL_H - 1], fill=back)
            if cell.data.strip():
                draw.text((left, top + BASE), cell.data, font=bold if cell.bold else plain, fill=fore, anchor="ls")
            if cell.underscore:
                draw.line([left, top + BASE + 3, left + CELL_W - 1, top + BASE + 3], fill=fore)
    image.save(out, optimize=True)


if __name__ == "__main__":
    main()
