/// The vocabulary of a BPE model as bytes, while a tokenizer is being read.
struct VocabularyReader {
  /// Bytes → token.
  private(set) var ids: [[UInt8]: Int32] = [:]
  /// Token → bytes; ids the file leaves out stand for none.
  private(set) var bytes: [[UInt8]] = []

  /// Reads `vocab` of `model`. Entries outside the byte-level alphabet are special tokens' names and stay out of `ids`.
  init(_ model: JSONObject) throws {
    guard let entries = model.fields["vocab"] as? [String: Int] else {
      throw model.error("vocab", "expected an object of token ids")
    }
    for (name, id) in entries {
      guard (0..<10_000_000).contains(id) else { throw model.error("vocab", "expected ids in 0..<10000000, got \(id)") }
      let missing = id - bytes.count + 1
      if missing > 0 { bytes += Array(repeating: [], count: missing) }
      guard let spelled = ByteAlphabet.decoded(name) else { continue }
      bytes[id] = spelled
      ids[spelled] = Int32(id)
    }
  }

  /// The merges of `model`, in either of the two forms files use: `"a b"` or `["a", "b"]`.
  func merger(_ model: JSONObject) throws -> BytePairMerger {
    guard let items = model.fields["merges"] as? [Any] else { throw model.error("merges", "expected an array") }
    var merger = BytePairMerger()
    for (rank, item) in items.enumerated() {
      let field = "merges[\(rank)]"
      let pair = item as? [String] ?? (item as? String)?.split(separator: " ").map(String.init) ?? []
      guard pair.count == 2, let left = ByteAlphabet.decoded(pair[0]), let right = ByteAlphabet.decoded(pair[1]) else {
        throw model.error(field, "expected two tokens of the byte-level alphabet")
      }
      guard let a = ids[left], let b = ids[right], let merged = ids[left + right] else {
        throw model.error(field, "expected both tokens and what they make in model.vocab")
      }
      merger.add(a, b, rank: rank, token: merged)
    }
    return merger
  }
}

/// The byte-level alphabet of GPT-2: every byte has a printable character that stands for it in a vocabulary.
enum ByteAlphabet {
  /// Bytes that stand for themselves.
  private static func isPlain(_ byte: Int) -> Bool {
    (33...126).contains(byte) || (161...172).contains(byte) || (174...255).contains(byte)
  }

  /// Character → byte.
  static let bytes: [Unicode.Scalar: UInt8] = {
    var out: [Unicode.Scalar: UInt8] = [:]
    var next: UInt32 = 256
    for byte in 0..<256 {
      if isPlain(byte) {
        out[Unicode.Scalar(UInt8(byte))] = UInt8(byte)
      } else {
        if let scalar = Unicode.Scalar(next) { out[scalar] = UInt8(byte) }
        next += 1
      }
    }
    return out
  }()

  /// The bytes that the vocabulary entry `token` stands for; nil where it holds a character outside the alphabet.
  static func decoded(_ token: String) -> [UInt8]? {
    var out: [UInt8] = []
    for scalar in token.unicodeScalars {
      guard let byte = bytes[scalar] else { return nil }
      out.append(byte)
    }
    return out
  }
}
