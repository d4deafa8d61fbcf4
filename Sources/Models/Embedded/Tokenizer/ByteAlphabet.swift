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
