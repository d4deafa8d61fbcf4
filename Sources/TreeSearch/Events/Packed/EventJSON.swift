import Foundation

/// How events are written as JSON, wherever they are: bytes that depend on the value alone.
package enum EventJSON {
  /// Sorted keys, no white space, slashes as they are; infinite numbers as the words `inf`, `-inf` and `nan`. Not to be shared between
  /// threads.
  package static func encoder() -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return encoder
  }

  /// Reads what ``encoder()`` wrote. Not to be shared between threads.
  package static func decoder() -> JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return decoder
  }
}
