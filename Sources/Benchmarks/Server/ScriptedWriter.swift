import Models
import Vocabulary

/// What the benchmark's server writes: steps of arithmetic, a line each, and an answer after a few of them. It depends on the
/// prompt and the seed alone.
struct ScriptedWriter {
  /// Of a hundred steps, so many are wrong, as a small model's are: a calculator refutes them.
  private static let wrongSteps = 3

  /// The pieces that follow `prompt`, the last of them the end of its text, unless `isChatty`: a base model goes on with
  /// another question behind its answer.
  static func pieces(after prompt: String, seed: UInt64, isChatty: Bool) -> [String] {
    // A list of numbers, by which clients try out what a server can do, goes on as one.
    guard prompt.contains("Solution:\n") else { return (7..<20).flatMap { ["\($0)", "\n"] } }
    var hash = ByteHash()
    hash.feed(prompt.utf8)
    var random = SplitMix(seed: hash.value ^ seed, index: 0)
    let written = prompt.components(after: "Solution:\n").split(separator: "\n")
    if written.last?.hasPrefix("#### ") == true { return [] }
    var (pieces, steps) = ([String](), written.count)
    while !(random.below(8) < steps) || steps < 2 {
      pieces += step(&random)
      steps += 1
    }
    pieces += ["####", " \(7 + random.below(3))", "\n"]
    if isChatty { for _ in 0..<6 { pieces += ["\n", "Question", ":", " How", " many"] + step(&random) } }
    return pieces
  }

  private static func step(_ random: inout SplitMix) -> [String] {
    let (a, b) = (2 + random.below(90), 2 + random.below(90))
    let sum = a + b + (random.below(100) < wrongSteps ? 1 : 0)
    let things = ["kites", "rings", "plums", "stamps"][random.below(4)]
    return ["Together", " they", " have", " \(a)", " +", " \(b)", " =", " \(sum)", " \(things)", ".", "\n"]
  }
}

extension String {
  /// What follows the last `mark`; nothing without one.
  fileprivate func components(after mark: String) -> Substring {
    var rest = self[...]
    while let found = rest.firstRange(of: mark) { rest = rest[found.upperBound...] }
    return rest.startIndex == startIndex ? "" : rest
  }
}
