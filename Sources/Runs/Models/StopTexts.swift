/// Stop texts as the parameter `option.stop` spells them.
enum StopTexts {
  /// The bytes of each text of `list`: separated by `|`, with `\n`, `\t`, `\\` and `\|` for what they stand for. Any other
  /// backslash is itself; an empty text stands for nothing and is left out.
  static func read(_ list: String) -> [[UInt8]] {
    var texts: [[UInt8]] = [[]]
    var rest = list.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "|") {
        texts.append([])
      } else if byte == UInt8(ascii: "\\"), let escaped = rest.first.flatMap({ escapes[$0] }) {
        rest = rest.dropFirst()
        texts[texts.count - 1].append(escaped)
      } else {
        texts[texts.count - 1].append(byte)
      }
    }
    return texts.filter { !$0.isEmpty }
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "t"): 0x09, UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    UInt8(ascii: "|"): UInt8(ascii: "|"),
  ]
}
