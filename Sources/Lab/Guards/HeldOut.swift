import Foundation
import Vocabulary
import Workspace

/// Problems that a model is measured by: nothing is imagined of them, and nothing that is imagined may have something of them.
///
/// What counts, the first that is found: the same words; of word stories the same story with other names, things and order of
/// numbers; of other texts the same words with other names; a run of 13 words (as GPT-3 and lm-evaluation-harness count), or of all
/// words where a problem has 5 to 12; nearly all runs of four words. Word stories share long runs by construction, so that runs are
/// not counted between two of them. Besides, every word story that the family's own split puts into dev or test is held out, for
/// any of them may be asked. No rule on words finds a paraphrase.
package struct HeldOut: Sendable {
  /// What a question has of a held-out problem.
  package struct Leak: Sendable, Equatable {
    /// The problem's id.
    package let problem: String
    /// The file, or whatever the problems were said to be.
    package let source: String
    /// How it was found.
    package let rule: String
    /// The words that both have, as the question spells them.
    package let span: String

    /// All of it in one sentence.
    package var words: String { "“\(span)”: \(rule), \(problem) (\(source))" }
  }

  private struct Entry: Sendable {
    let id: String
    let source: String
    let words: [String]
    let isStory: Bool
  }

  /// Where a run of words stands.
  private struct Hit: Sendable {
    let entry: Int32
    let word: Int32
  }

  /// Words of a run that nobody writes twice by chance.
  private static let runLength = 13
  /// Words of the shortest problem that is looked for within others.
  private static let shortest = 5
  /// A run that more problems have is boilerplate.
  private static let boilerplate = 10
  /// Two texts that are no further apart are one.
  static let nearest = 0.2
  /// The source of stories that their family's own split holds out.
  static let family = "the embedded models' family"

  private var entries: [Entry] = []
  private var ids: Set<String> = []
  private var exact: [String: Int] = [:]
  private var stories: [String: Int] = [:]
  private var masked: [String: Int] = [:]
  private var runs: [UInt64: [Hit]] = [:]
  private var lengths: Set<Int> = []
  private var near = NearTexts()

  /// The problems of `files`.
  ///
  /// - Throws: `ProblemFileError` for a file that cannot be used.
  package init(files: [String] = []) throws {
    for file in files { add(try ProblemFile.read(path: file).map(\.problem), from: file) }
  }

  /// Problems that are held out. The same words twice are one.
  package var count: Int { entries.count }

  /// Holds more problems out; `source` names them in messages. Complexity: O(their length).
  package mutating func add(_ problems: [Problem], from source: String) {
    for problem in problems {
      ids.insert(problem.id)
      let text = TextWords(problem.question)
      guard !text.words.isEmpty, exact[text.key] == nil else { continue }
      let (index, story) = (entries.count, try? WordStory(problem.question))
      entries.append(Entry(id: problem.id, source: source, words: text.words, isStory: story != nil))
      exact[text.key] = index
      if let story { stories[story.key] = stories[story.key] ?? index }
      if story == nil {
        masked[text.maskedKey] = masked[text.maskedKey] ?? index
        near.add(NearTexts.runs(of: text), id: problem.id)
      }
      let length = min(Self.runLength, text.words.count)
      guard length >= Self.shortest else { continue }
      lengths.insert(length)
      for (word, run) in WordRuns.runs(WordRuns.digests(text.words), of: length).enumerated() {
        let hits = runs[run, default: []]
        if hits.count <= Self.boilerplate, hits.last?.entry != Int32(index) {
          runs[run] = hits + [Hit(entry: Int32(index), word: Int32(word))]
        }
      }
    }
  }

  /// Whether a problem of this id is held out.
  package func holds(id: String) -> Bool { ids.contains(id) }

  /// What `question` has of a held-out problem; nil where it has nothing. Complexity: O(length), and what is like it.
  package func leak(in question: String) -> Leak? {
    leak(in: TextWords(question), story: try? WordStory(question))
  }

  /// The same of a question that was read; `story` is what it tells, where it tells one, whatever its words.
  func leak(in text: TextWords, story: WordStory?) -> Leak? {
    func leak(_ index: Int, _ rule: String, _ span: String? = nil) -> Leak {
      Leak(
        problem: entries[index].id, source: entries[index].source, rule: rule,
        span: SafeText.quotation(span ?? text.text, limit: 160))
    }
    if let index = exact[text.key] { return leak(index, "the same words") }
    if let story {
      if let index = stories[story.key] { return leak(index, "the same story with other names") }
      let split = StoryFamily.split(of: story.text)
      if split != "train" {
        return Leak(
          problem: split, source: Self.family, rule: "a story of the split",
          span: SafeText.quotation(story.text, limit: 160))
      }
    } else if let index = masked[text.maskedKey] {
      return leak(index, "the same words with other names")
    }
    if let (index, from, to) = run(in: text, isStory: story != nil) {
      return leak(index, "\(to - from) words in a row", text.span(from, to))
    }
    if story == nil, let near = near.nearest(to: NearTexts.runs(of: text)), near.distance <= Self.nearest,
      let index = entries.firstIndex(where: { $0.id == near.id })
    {
      return leak(index, "nearly the same words")
    }
    return nil
  }

  /// A run of words that a held-out problem has, as long as it is in both.
  private func run(in text: TextWords, isStory: Bool) -> (entry: Int, from: Int, to: Int)? {
    let digests = WordRuns.digests(text.words)
    for length in lengths.sorted(by: >) {
      for (start, run) in WordRuns.runs(digests, of: length).enumerated() {
        guard let hits = runs[run], hits.count <= Self.boilerplate else { continue }
        for hit in hits {
          let entry = entries[Int(hit.entry)]
          if isStory && entry.isStory { continue }
          var (from, to, at) = (start, start, Int(hit.word))
          while to < text.words.count, at < entry.words.count, text.words[to] == entry.words[at] {
            (to, at) = (to + 1, at + 1)
          }
          // Equal digests of unequal words are no run.
          guard to - start >= length else { continue }
          var before = Int(hit.word)
          while from > 0, before > 0, text.words[from - 1] == entry.words[before - 1] {
            (from, before) = (from - 1, before - 1)
          }
          return (Int(hit.entry), from, to)
        }
      }
    }
    return nil
  }

  /// The held-out problem that is most like a text that is no story.
  func neighbour(of runs: [UInt64]) -> (id: String, distance: Double)? { near.nearest(to: runs) }
}
