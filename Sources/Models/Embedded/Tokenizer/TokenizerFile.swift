import Foundation

/// A `tokenizer.json`, its vocabulary and merges read apart from the rest.
///
/// Two reasons: their texts are compared by bytes, where Swift's dictionaries of strings take "é" and "e" with an accent for
/// one key, and there are hundreds of thousands of them.
struct TokenizerFile {
  /// All but `model.vocab` and `model.merges`.
  let json: JSONObject
  /// Texts of `model.vocab` with their ids, in the order of the file; nil where it is no object of numbers.
  let vocabulary: [(text: [UInt8], id: Int)]?
  /// Pairs of `model.merges`, each with its texts; nil where it is no array. A merge of another form has no texts.
  let merges: [[[UInt8]]]?

  /// Parses `data`, the contents of `file`.
  ///
  /// - Throws: `ModelError` where it is no JSON object.
  init(_ data: Data, file: String) throws {
    let bytes = [UInt8](data)
    let places = bytes.withUnsafeBufferPointer { buffer -> (Range<Int>?, Range<Int>?) in
      var scanner = VocabularyScanner(buffer)
      return (try? scanner.places(of: "vocab", "merges", in: "model")) ?? (nil, nil)
    }
    (vocabulary, merges) = bytes.withUnsafeBufferPointer { buffer in
      (
        places.0.flatMap { VocabularyScanner(buffer, from: $0.lowerBound).vocabulary() },
        places.1.flatMap { VocabularyScanner(buffer, from: $0.lowerBound).merges() }
      )
    }
    var rest = data
    for (range, read) in [(places.0, vocabulary != nil), (places.1, merges != nil)].sorted(by: Self.later) {
      guard let range, read else { continue }
      rest.replaceSubrange(
        data.startIndex + range.lowerBound..<data.startIndex + range.upperBound, with: Data("0".utf8))
    }
    json = try JSONObject(rest, file: file)
  }

  private static func later(_ a: (Range<Int>?, Bool), _ b: (Range<Int>?, Bool)) -> Bool {
    (a.0?.lowerBound ?? 0) > (b.0?.lowerBound ?? 0)
  }
}

extension VocabularyScanner {
  /// Where the values of `first` and `second` stand in the object `outer` of the top level.
  mutating func places(of first: String, _ second: String, in outer: String) throws -> (Range<Int>?, Range<Int>?) {
    var found: (Range<Int>?, Range<Int>?) = (nil, nil)
    try object { key, scanner in
      guard key.elementsEqual(outer.utf8), scanner.peek() == UInt8(ascii: "{") else { return try scanner.skip() }
      try scanner.object { key, scanner in
        let start = scanner.position
        try scanner.skip()
        if key.elementsEqual(first.utf8) { found.0 = start..<scanner.position }
        if key.elementsEqual(second.utf8) { found.1 = start..<scanner.position }
      }
    }
    return found
  }

  /// The object of numbers that stands here.
  func vocabulary() -> [(text: [UInt8], id: Int)]? {
    var scanner = self
    var entries: [(text: [UInt8], id: Int)] = []
    let read: Void? = try? scanner.object { key, scanner in entries.append((key, try scanner.integer())) }
    return read == nil ? nil : entries
  }

  /// The array of pairs that stands here, in either of the two forms files use: `"a b"` or `["a", "b"]`.
  func merges() -> [[[UInt8]]]? {
    var scanner = self
    var pairs: [[[UInt8]]] = []
    let read: Void? = try? scanner.array { scanner in
      switch scanner.peek() {
      case UInt8(ascii: "\""):
        let line = try scanner.string()
        pairs.append(line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).map(Array.init))
      case UInt8(ascii: "["):
        var pair: [[UInt8]] = []
        try scanner.array { scanner in
          if scanner.peek() == UInt8(ascii: "\"") { pair.append(try scanner.string()) } else { try scanner.skip() }
        }
        pairs.append(pair)
      default:
        try scanner.skip()
        pairs.append([])
      }
    }
    return read == nil ? nil : pairs
  }
}
