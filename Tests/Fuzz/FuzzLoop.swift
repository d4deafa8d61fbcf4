import Foundation
import Vocabulary

/// Reads a target's corpus, and what chance makes of it. A loop is a function of its seed: what fails fails again.
struct FuzzLoop {
  /// What came of it.
  struct Report {
    var executions = 0
    /// Each with its input and where that came from.
    var findings: [(finding: FuzzFinding, origin: String, input: [UInt8])] = []
  }

  let target: FuzzTarget
  let seed: UInt64
  /// Mutated inputs, after those of the corpus.
  let executions: Int

  /// Findings that are told; more say nothing new.
  private static let most = 8
  /// Inputs that other inputs grew from are kept up to this many.
  private static let pool = 256

  /// Reads all inputs on the present thread. Ends the process where a reader traps or takes too long: the input is then at the
  /// path that was printed.
  func run(progress: (Int) -> Void = { _ in }) throws -> Report {
    let corpus = try Corpus(target)
    let keeper = try InputKeeper(target.name, longest: max(target.longest, corpus.inputs.map(\.bytes.count).max() ?? 0))
    defer { keeper.remove() }
    let (name, seed, path) = (target.name, seed, keeper.path)
    let dog = Watchdog { "\(name), seed \(seed), see \(path)" }
    defer { dog.finish() }
    var report = Report()
    func read(_ input: [UInt8], from origin: @autoclosure () -> String) {
      keeper.keep(input)
      dog.next()
      if let finding = target.finding(input), report.findings.count < Self.most {
        report.findings.append((finding, origin(), input))
      }
      report.executions += 1
    }
    for (name, bytes) in corpus.inputs { read(bytes, from: name) }
    var pool = corpus.inputs.map(\.bytes)
    guard !pool.isEmpty else { return report }
    var random = SplitMix(seed: seed)
    for number in 0..<executions {
      var mutator = Mutator(seed: random.next(), words: target.words, longest: target.longest)
      let input = mutator.mutated(pool[random.below(pool.count)], pool[random.below(pool.count)])
      read(input, from: "seed \(seed), number \(number)")
      // Some grow further: a change alone is seldom what a reader trips over.
      if random.below(16) == 0 {
        if pool.count < corpus.inputs.count + Self.pool {
          pool.append(input)
        } else {
          pool[corpus.inputs.count + random.below(Self.pool)] = input
        }
      }
      if number.isMultiple(of: 10_000) { progress(number) }
    }
    return report
  }
}
