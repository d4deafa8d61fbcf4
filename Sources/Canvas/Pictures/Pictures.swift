import Vocabulary

/// A frame as plain text, for golden files and for output without a terminal.
public enum FrameText {
  /// The rows of a frame; continuation cells add nothing, since the wide character before them shows there.
  public static func lines(_ frame: Frame, trimmed: Bool = true) -> [String] {
    (0..<frame.height).map { y in
      let text = frame.row(y).map(\.text).joined()
      guard trimmed, let last = text.lastIndex(where: { $0 != " " }) else { return trimmed ? "" : text }
      return String(text[...last])
    }
  }

  /// The rows joined by line ends, one after the last row too.
  public static func text(_ frame: Frame, trimmed: Bool = true) -> String {
    lines(frame, trimmed: trimmed).map { $0 + "\n" }.joined()
  }
}

/// A frame as a picture (SVG 1.1), cell by cell: what a terminal with the usual sixteen colours would show.
public enum FrameSVG {
  /// Columns are 9 units wide and rows 19 high, in a margin of 12.
  private static let (cellWidth, cellHeight, baseline, margin) = (9, 19, 14, 12)
  /// The colours of a terminal whose owner chose none, on which themes of the terminal's own colours are drawn.
  private static let (ground, ink) = ("#16181d", "#c8ccd4")

  /// The document. The same frame always gives the same bytes. Complexity: O(cells).
  public static func document(_ frame: Frame, title: String) -> String {
    let (width, height) = (frame.width * cellWidth + 2 * margin, frame.height * cellHeight + 2 * margin)
    let back = frame.cell(x: 0, y: 0).map { colors($0.style).back } ?? ground
    var lines = [
      #"<svg xmlns="http://www.w3.org/2000/svg" width="\#(width)" height="\#(height)" viewBox="0 0 \#(width) \#(height)">"#,
      "<title>\(XML.escaped(title))</title>",
      #"<rect width="100%" height="100%" fill="\#(back)"/>"#,
      #"<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="15" xml:space="preserve">"#,
    ]
    for run in FrameDiff.runs(from: nil, to: frame) { lines += picture(run, on: back) }
    return (lines + ["</g>", "</svg>", ""]).joined(separator: "\n")
  }

  private static func picture(_ run: FrameDiff.Run, on back: String) -> [String] {
    let look = colors(run.style)
    let (x, y) = (margin + run.x * cellWidth, margin + run.y * cellHeight)
    let width = run.columns * cellWidth
    var lines: [String] = []
    if look.back != back {
      lines.append(#"<rect x="\#(x)" y="\#(y)" width="\#(width)" height="\#(cellHeight)" fill="\#(look.back)"/>"#)
    }
    let modifiers = run.style.modifiers
    guard modifiers.contains(.underline) || run.text.contains(where: { $0 != " " }) else { return lines }
    var attributes = ""
    if modifiers.contains(.bold) { attributes += #" font-weight="bold""# }
    if modifiers.contains(.italic) { attributes += #" font-style="italic""# }
    if modifiers.contains(.underline) { attributes += #" text-decoration="underline""# }
    if modifiers.contains(.dim) { attributes += #" opacity="0.6""# }
    // The length is said, so that a font of another width cannot shift what follows.
    lines.append(
      #"<text x="\#(x)" y="\#(y + baseline)" fill="\#(look.fore)" textLength="\#(width)"\#(attributes)>"#
        + XML.escaped(run.text) + "</text>")
    return lines
  }

  private static func colors(_ style: Style) -> (fore: String, back: String) {
    let (fore, back) = (name(style.foreground) ?? ink, name(style.background) ?? ground)
    return style.modifiers.contains(.reverse) ? (back, fore) : (fore, back)
  }

  private static func name(_ color: Color) -> String? {
    switch color {
    case .default: nil
    case .ansi(let index): palette[Int(index & 15)]
    case .rgb(let red, let green, let blue): "#" + [red, green, blue].map(hex).joined()
    }
  }

  private static func hex(_ channel: UInt8) -> String {
    let digits = String(channel, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
  }

  private static let palette = [
    "#1d2021", "#e05f5f", "#8ec07c", "#e0af68", "#7aa2f7", "#bb9af7", "#7dcfff", "#c8c8c8",
    "#6b7089", "#ff7a7a", "#b9f27c", "#ffd27f", "#a5c0ff", "#d7b8ff", "#b4f0ff", "#ffffff",
  ]
}

/// Text inside XML.
public enum XML {
  /// The text on one line, with the characters that mean something replaced; what is unsafe
  /// (`SafeText`), and with it all that XML 1.0 cannot hold, becomes U+FFFD.
  public static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { escaped, scalar in
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\n", "\t", "\r": escaped += " "
      default:
        escaped.unicodeScalars.append(SafeText.isUnsafe(scalar) ? "\u{FFFD}" : scalar)
      }
    }
  }
}
