import Foundation
import TreeSearch
import Vocabulary
import Workspace

/// What an evaluation has come to so far, in a file: stopped anywhere, it goes on with the problems that are not there.
///
/// The first line says of which evaluation it is, each further one has a problem. A problem that failed is not kept, so that it is tried
/// again. The file is replaced as a whole, so that it is whole at any time.
package struct KeptTrials {
  /// The problems that are there, by their place in the file of problems.
  package private(set) var parts: [Int: ProblemTrials] = [:]
  private let path: String
  private let key: String

  private struct Head: Codable {
    let evaluation: String
  }

  /// Bytes of a file that is read.
  private static let longest = 1 << 30

  /// What is kept at `path` of the evaluation `key`; nothing where there is no file yet.
  ///
  /// - Throws: `LabError` for a file of another evaluation, and for one that cannot be read.
  package init(at path: String, key: String) throws {
    (self.path, self.key) = (path, key)
    guard FileManager.default.fileExists(atPath: path) else { return }
    let bytes: [UInt8]
    do {
      bytes = try InputFile.bytes(at: path, limit: Self.longest, .stream)
    } catch {
      throw LabError.failed("\(path.printable): \(error.description)")
    }
    let lines = bytes.split(separator: 0x0A)
    let decoder = JSONDecoder()
    guard let first = lines.first, let head = try? decoder.decode(Head.self, from: Data(first)) else {
      throw LabError.failed("\(path.printable):1: expected a file that evaluate --keep has written")
    }
    guard head.evaluation == key else {
      throw LabError.failed(
        "\(path.printable):1: evaluation: expected \(key), found \(SafeText.quotation(head.evaluation, limit: 80)): it is of other "
          + "problems, methods, budgets, seeds, parameters or models; give another file")
    }
    for (number, line) in lines.enumerated().dropFirst() {
      guard let part = try? decoder.decode(ProblemTrials.self, from: Data(line)) else {
        throw LabError.failed(
          "\(path.printable):\(number + 1): expected what a problem came to, as evaluate --keep writes it")
      }
      parts[part.index] = part
    }
  }

  /// Keeps what a problem came to, where nothing failed. Complexity: O(what is kept).
  package mutating func keep(_ part: ProblemTrials) throws {
    guard part.failures.isEmpty else { return }
    parts[part.index] = part
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var text = try encoder.encode(Head(evaluation: key)) + Data("\n".utf8)
    for part in parts.values.sorted(by: { $0.index < $1.index }) { text += try encoder.encode(part) + Data("\n".utf8) }
    try OutputFile.write(text, to: path)
  }
}

extension EvaluationPlan {
  /// What tells an evaluation of `problems` from any other: all that its numbers depend on, as a digest.
  package func key(of problems: [Problem], models: [String: String], parameters: SearchParameters) -> String {
    func words(_ parameters: SearchParameters) -> String {
      parameters.changes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }
    func words(_ critics: [CriticWeight]) -> String { critics.map { "\($0.name)=\($0.weight)" }.joined(separator: " ") }
    var parts = [
      "version \(EtascopeVersion.current)", "seeds \(seeds)", "budgets \(budgets.map(\.label))", words(parameters),
      words(critics ?? []),
    ]
    if !prices.isPlain { parts.append("prices \(prices.description)") }
    if keepsEvidence { parts.append("evidence") }
    for method in methods {
      parts += [method.name, "\(method.budgetFactor)"]
      if let engine = method.engine { parts += [words(engine.parameters), words(engine.critics)] }
    }
    parts += models.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    parts += problems.map { "\($0.id) \($0.question) \($0.answer ?? "")" }
    return String(SHA256.hex(Array(parts.joined(separator: "\n").utf8)).prefix(16))
  }
}
