import Vocabulary

/// Whether questions of the training part are nearly those of the test part.
///
/// The same words; the same words or the same word story with other names (of stories also with other things, and their numbers in
/// another order); of other texts, names masked and numbers kept, four fifths of the runs of four words of either (true Jaccard of
/// what MinHash names). Stories are templates, so that runs are not compared between them.
struct SplitGuard {
  private struct Entry {
    let problem: String
    let question: String
    let runs: [UInt64]
  }

  /// Two texts that have this share of their runs are one.
  private static let alike = 1 - HeldOut.nearest

  private var entries: [Entry] = []
  private var keys: [String: Int] = [:]
  private var sketches = MinHash()

  /// Nothing yet.
  init() {}

  /// Takes in a question of the test part. Complexity: O(length).
  mutating func add(_ problem: Problem) {
    let text = TextWords(problem.question)
    let story = try? WordStory(problem.question)
    // Of a story its keys are enough.
    let runs = story == nil ? NearTexts.runs(of: text) : []
    for key in Self.keys(text, story) { keys[key] = keys[key] ?? entries.count }
    sketches.add(MinHash.keys(of: runs), as: Int32(entries.count))
    entries.append(Entry(problem: problem.id, question: problem.question, runs: runs))
  }

  /// What the question of `problem`, of the training part, has of one of the test part; nil where it has nothing.
  func finding(in problem: Problem) -> GuardFinding? {
    let text = TextWords(problem.question)
    let story = try? WordStory(problem.question)
    func finding(_ entry: Int, _ how: String) -> GuardFinding {
      GuardFinding(
        .acrossSplits, problem, span: problem.question,
        "\(how) as \(entries[entry].problem.printable) of the test part: “\(SafeText.quotation(entries[entry].question, limit: 160))”"
      )
    }
    for (key, how) in zip(Self.keys(text, story), ["the same words", "the same with other names"]) {
      if let entry = keys[key] { return finding(entry, how) }
    }
    guard story == nil else { return nil }
    let runs = NearTexts.runs(of: text)
    let best = sketches.candidates(for: MinHash.keys(of: runs)).map {
      ($0, NearTexts.likeness(runs, entries[Int($0)].runs))
    }
    .max { $0.1 < $1.1 }
    guard let (entry, likeness) = best, likeness >= Self.alike else { return nil }
    return finding(Int(entry), "\(Int((likeness * 100).rounded())) % the same words")
  }

  /// Stand for a question with its own names, and with any.
  static func keys(_ text: TextWords, _ story: WordStory?) -> [String] {
    ["words " + text.key, story.map { "story " + $0.key } ?? "masked " + text.maskedKey]
  }
}
