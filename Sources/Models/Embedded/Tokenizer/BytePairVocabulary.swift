/// The vocabulary of a BPE model while a tokenizer is being read.
struct BytePairVocabulary {
  /// What words are made of: bytes, each of which a character of GPT-2's alphabet stands for, or characters.
  let isByteLevel: Bool
  /// What a token is found by (its bytes, or its characters in UTF-8) → token.
  private(set) var ids: [[UInt8]: Int32] = [:]
  /// Token → its text in the file; empty for ids the file leaves out.
  private(set) var spellings: [[UInt8]] = []

  /// Reads `vocab` of `model`. Where it is byte-level, entries outside the alphabet are special tokens' names and stay out
  /// of `ids`.
  init(_ file: TokenizerFile, _ model: JSONObject, isByteLevel: Bool) throws {
    guard let entries = file.vocabulary else { throw model.error("vocab", "expected an object of token ids") }
    self.isByteLevel = isByteLevel
    ids.reserveCapacity(entries.count)
    for (text, id) in entries {
      guard (0..<10_000_000).contains(id) else { throw model.error("vocab", "expected ids in 0..<10000000, got \(id)") }
      let missing = id - spellings.count + 1
      if missing > 0 { spellings += Array(repeating: [], count: missing) }
      spellings[id] = text
      if let key = key(text) { ids[key] = Int32(id) }
    }
  }

  private func key(_ text: [UInt8]) -> [UInt8]? { isByteLevel ? ByteAlphabet.decoded(text) : text }

  /// The merges of `model`.
  func merger(_ file: TokenizerFile, _ model: JSONObject) throws -> BytePairMerger {
    guard let pairs = file.merges else { throw model.error("merges", "expected an array") }
    var merger = BytePairMerger()
    for (rank, pair) in pairs.enumerated() {
      let field = "merges[\(rank)]"
      guard pair.count == 2, let left = key(pair[0]), let right = key(pair[1]) else {
        throw model.error(field, isByteLevel ? "expected two tokens of the byte-level alphabet" : "expected two tokens")
      }
      guard let a = ids[left], let b = ids[right], let merged = ids[left + right] else {
        throw model.error(field, "expected both tokens and what they make in model.vocab")
      }
      merger.add(a, b, rank: rank, token: merged)
    }
    return merger
  }
}

/// What a word is before anything is merged: a token for each byte or each character, and what stands for those that have none.
struct WordSymbols: Sendable {
  private let isByteLevel: Bool
  /// Byte → token; -1 for none.
  private let bytes: [Int32]
  /// Character → token.
  private let characters: [UInt32: Int32]
  /// Byte → token `<0x…>`; empty where characters without a token are not spelled in bytes.
  private let fallback: [Int32]
  private let unknown: Int32?
  private let fusesUnknown: Bool

  init(_ vocabulary: BytePairVocabulary, _ model: JSONObject) throws {
    isByteLevel = vocabulary.isByteLevel
    fusesUnknown = try model.flag("fuse_unk", default: false)
    unknown = try Self.unknown(vocabulary, model)
    var fallback: [Int32] = []
    if try model.flag("byte_fallback", default: false) {
      fallback = (0..<256).map { byte in
        let digits = String(byte, radix: 16, uppercase: true)
        return vocabulary.ids[Array("<0x\(byte < 16 ? "0" : "")\(digits)>".utf8)] ?? -1
      }
    }
    let bytes = (0..<256).map { vocabulary.ids[[UInt8($0)]] ?? -1 }
    if isByteLevel, !fallback.isEmpty, bytes.contains(-1) {
      throw model.error("byte_fallback", "expected false, or a token for every byte")
    }
    self.bytes = isByteLevel ? bytes : []
    self.fallback = fallback
    var characters: [UInt32: Int32] = [:]
    if !isByteLevel {
      for (text, id) in vocabulary.ids where text.count <= 4 {
        let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
        if scalars.count == 1, let scalar = scalars.first { characters[scalar.value] = id }
      }
    }
    self.characters = characters
  }

  private static func unknown(_ vocabulary: BytePairVocabulary, _ model: JSONObject) throws -> Int32? {
    guard model.has("unk_token") else { return nil }
    let name = try model.string("unk_token")
    guard let id = vocabulary.spellings.firstIndex(of: Array(name.utf8)) else {
      throw model.error("unk_token", "expected a token of model.vocab, got \(name)")
    }
    return Int32(id)
  }

  /// The symbols of `word`. Complexity: O(length).
  func of(_ word: String) -> [Int32] {
    var out: [Int32] = []
    out.reserveCapacity(word.utf8.count)
    var wasUnknown = false
    if isByteLevel {
      for byte in word.utf8 { add(bytes[Int(byte)], &out, &wasUnknown) }
      return out
    }
    for scalar in word.unicodeScalars {
      if let id = characters[scalar.value] {
        add(id, &out, &wasUnknown)
        continue
      }
      let spelled = fallback.isEmpty ? [] : UTF8.encode(scalar).map { $0.map { fallback[Int($0)] } } ?? []
      if spelled.isEmpty || spelled.contains(-1) {
        add(-1, &out, &wasUnknown)
      } else {
        for id in spelled { add(id, &out, &wasUnknown) }
      }
    }
    return out
  }

  private func add(_ id: Int32, _ out: inout [Int32], _ wasUnknown: inout Bool) {
    if id >= 0 {
      out.append(id)
    } else if let unknown, !(wasUnknown && fusesUnknown) {
      out.append(unknown)
    }
    wasUnknown = id < 0
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

  /// The same by number, for the hundreds of thousands of characters of a vocabulary.
  private static let table: [UInt8?] = {
    var out = [UInt8?](repeating: nil, count: 512)
    for (scalar, byte) in bytes { out[Int(scalar.value)] = byte }
    return out
  }()

  /// The bytes that the vocabulary entry `token`, in UTF-8, stands for; nil where it holds a character outside the alphabet.
  static func decoded(_ token: [UInt8]) -> [UInt8]? {
    var out: [UInt8] = []
    out.reserveCapacity(token.count)
    for scalar in String(decoding: token, as: UTF8.self).unicodeScalars {
      guard scalar.value < 512, let byte = table[Int(scalar.value)] else { return nil }
      out.append(byte)
    }
    return out
  }
}
