/// What the texts of a vocabulary stand for: the `decoder` of a `tokenizer.json`, one token at a time.
///
/// What it does to a whole text, such as dropping the space before it, is left out: options are read in the middle of a text.
struct TokenSpelling {
  private enum Step {
    case replace(String, with: String)
    case bytes
    case byteLevel
  }

  private var steps: [Step] = []

  /// Reads the `decoder` of `root`; without one, what the other parts do is undone.
  ///
  /// - Throws: `ModelError` naming the first part that is not supported.
  init(_ root: JSONObject, _ preTokenizer: PreTokenizer, _ normalizer: Normalizer) throws {
    if root.has("decoder") {
      try add(root.object("decoder"))
    } else {
      for space in [preTokenizer.space, normalizer.space] { if let space { steps.append(.replace(space, with: " ")) } }
      steps.append(.bytes)
    }
    // Words made of bytes are spelled in their alphabet, whatever the decoder says.
    if preTokenizer.isByteLevel { steps = [.byteLevel] }
  }

  private mutating func add(_ json: JSONObject) throws {
    switch try json.string("type") {
    case "Sequence": for part in try json.objects("decoders") { try add(part) }
    case "ByteLevel": steps.append(.byteLevel)
    case "ByteFallback": steps.append(.bytes)
    case "Metaspace": steps.append(.replace(try json.string("replacement"), with: " "))
    case "Fuse": return  // tokens are put one after the other anyway
    case "Strip":
      guard try json.integer("stop", in: 0...1_000_000, default: 0) == 0 else {
        throw json.error("stop", "expected 0: the end of a text stays")
      }
    case "Replace":
      guard let text = try TextPattern(json).literal else {
        throw json.error("pattern", "expected a String")
      }
      steps.append(.replace(text, with: try json.string("content")))
    case let type:
      throw json.error(
        "type", "expected ByteLevel, Metaspace, Replace, ByteFallback, Fuse, Strip or a Sequence of them, got \(type)")
    }
  }

  /// The bytes that a token stands for whose text in the file is `text`, in UTF-8.
  func bytes(of text: [UInt8]) -> [UInt8] {
    var out = text
    for step in steps {
      switch step {
      case .replace(let old, let new): out = out.replacing(old.utf8, with: new.utf8)
      case .bytes: if let byte = Self.byte(out) { return [byte] }
      case .byteLevel: return ByteAlphabet.decoded(out) ?? []  // a special token's name
      }
    }
    return out
  }

  /// The byte that `<0x0A>` and its like stand for.
  private static func byte(_ text: [UInt8]) -> UInt8? {
    guard text.count == 6, text.starts(with: "<0x".utf8), text[5] == UInt8(ascii: ">") else { return nil }
    return UInt8(String(decoding: text[3..<5], as: UTF8.self), radix: 16)
  }
}
