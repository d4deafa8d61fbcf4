import TreeSearch
import Vocabulary

/// The answers in a run's journal, found again by what was asked about which state.
///
/// What was asked for the same state with the same numbers is the same question, whoever asks it and when: a search with
/// other rules finds the recorded answers as long as it stays where the recorded one has been.
public struct RecordedRun: Sendable {
  /// An answer and the seed of the request that got it.
  struct Entry: Sendable {
    let seed: UInt64
    let answer: Answer
  }

  /// The run's name.
  public let run: String
  /// The problem that was searched.
  public let problem: Problem
  let entries: [RecordedQuestion: [Entry]]

  /// Reads the answers of a journal. Throws `ReplayError` where it does not fit. Complexity: O(events × depth).
  public init(run: String, header: RunHeader, events: some Sequence<SearchEvent>) throws {
    self.run = run
    problem = header.problem
    var tree = SearchTree(header: header)
    var asked: [RequestID: (question: RecordedQuestion, seed: UInt64)] = [:]
    var entries: [RecordedQuestion: [Entry]] = [:]
    for event in events {
      try tree.apply(event)
      switch event {
      case .asked(let request):
        asked[request.id] = (RecordedQuestion(RequestContext(request, in: tree)), request.seed)
      case .answered(let id, let answer):
        guard let (question, seed) = asked.removeValue(forKey: id) else { continue }
        entries[question, default: []].append(Entry(seed: seed, answer: answer))
      default: break
      }
    }
    self.entries = entries
  }
}

/// What a request asks, apart from its number and seed.
struct RecordedQuestion: Hashable, Sendable {
  private let question: String
  /// The texts of the options that lead to the state.
  private let path: [String]
  private let kind: String
  /// What is compared; empty for other requests.
  private let compared: [String]

  init(_ context: RequestContext) {
    question = context.question
    path = context.options.map(\.text)
    compared = context.compared.map(\.text)
    kind =
      switch context.request.kind {
      case .propose(let draws, let temperature, let toEnd, _): "propose \(draws) \(temperature) \(toEnd)"
      // Whoever asks fewer critics finds their scores among the recorded ones.
      case .score: "score"
      case .rollOut(let count, let temperature, let lines): "rollOut \(count) \(temperature) \(lines == true)"
      case .compare(let option, _): "compare \(option.text)"
      }
  }
}
