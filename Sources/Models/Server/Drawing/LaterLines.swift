import Vocabulary

/// Shows a reader the rest of a sample as what it is: what follows the part before.
struct LaterLines: LineReader {
  let reader: any LineReader
  let sample: Int
  let before: String

  func goesOn(_ sample: Int, after text: String) async throws -> Bool {
    try await reader.goesOn(self.sample, after: before + text)
  }
}

extension Sample {
  /// A sample with its rest, which was drawn by itself.
  static func + (part: Sample, rest: Sample) -> Sample {
    let hasAll = part.logProbabilities.count == part.tokens.count && rest.logProbabilities.count == rest.tokens.count
    return Sample(
      tokens: part.tokens + rest.tokens, bytes: part.bytes + rest.bytes,
      logProbabilities: hasAll ? part.logProbabilities + rest.logProbabilities : [], ending: rest.ending,
      thinking: part.thinking + rest.thinking)
  }
}
