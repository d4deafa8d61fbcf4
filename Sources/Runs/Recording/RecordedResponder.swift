import Synchronization
import TreeInsight
import TreeSearch

/// Answers from a recording; where it has none, a live responder does, or the request fails and says why.
///
/// A request with the recorded seed gets the recorded answer; one with another seed the next answer to the same question
/// that was not used yet. So the same search again is the same search, and another one goes along as far as it can.
public final class RecordedResponder: Responder {
  private let recording: RecordedRun
  private let live: (any Responder)?
  /// Answers used so far, by their places among those to one question.
  private let used = Mutex<[RecordedQuestion: Set<Int>]>([:])

  /// A responder that begins with the recording's first answers.
  public init(_ recording: RecordedRun, live: (any Responder)?) {
    self.recording = recording
    self.live = live
  }

  /// The recorded answer, else the live responder's. Throws `RunError` where there is neither.
  public func answer(_ context: RequestContext) async throws -> Answer {
    if let answer = recorded(context) { return answer }
    guard let live else { throw missing(context) }
    return try await live.answer(context)
  }

  /// In order, so that requests of a batch take the recorded answers in theirs.
  public func answer(_ contexts: [RequestContext]) async -> [Result<Answer, any Error>] {
    var results: [Result<Answer, any Error>?] = contexts.map { recorded($0).map { .success($0) } }
    let open = results.indices.filter { results[$0] == nil }
    guard let live else { return zip(contexts, results).map { $1 ?? .failure(missing($0)) } }
    for (index, result) in zip(open, await live.answer(open.map { contexts[$0] })) { results[index] = result }
    return results.map { $0 ?? .failure(RunError("nobody answered")) }
  }

  /// As the live responder has it; by its text alone where there is none.
  public func option(from text: String) async -> SearchOption {
    if let live { return await live.option(from: text) }
    let line = text.hasSuffix("\n") ? text : text + "\n"
    return SearchOption(bytes: Array(line.utf8), termination: .person)
  }

  /// As the live responder has it.
  public func spelling(of tokens: [Int32]) async -> [[UInt8]] { await live?.spelling(of: tokens) ?? [] }

  private func recorded(_ context: RequestContext) -> Answer? {
    let question = RecordedQuestion(context)
    guard let entries = recording.entries[question] else { return nil }
    let fitting = entries.indices.filter { Self.answer(entries[$0].answer, to: context) != nil }
    let place = used.withLock { used -> Int? in
      let place =
        fitting.first { entries[$0].seed == context.request.seed }
        ?? fitting.first { used[question]?.contains($0) != true }
      if let place { used[question, default: []].insert(place) }
      return place
    }
    return place.flatMap { Self.answer(entries[$0].answer, to: context) }
  }

  /// What of `answer` was asked for; nil where a critic is missing in it.
  private static func answer(_ answer: Answer, to context: RequestContext) -> Answer? {
    guard case .score(let critics) = context.request.kind, case .scores(let scores) = answer.content else {
      return answer
    }
    let wanted = scores.filter { critics.contains($0.critic) }
    // Critics of outcomes say nothing of an unfinished state, and are not missing there.
    let known = Set(scores.map(\.critic))
    guard !wanted.isEmpty, !context.isTerminal || critics.allSatisfy(known.contains) else { return nil }
    return Answer(.scores(wanted), usage: answer.usage)
  }

  private func missing(_ context: RequestContext) -> RunError {
    let what =
      switch context.request.kind {
      case .propose: "a proposal"
      case .score(let critics): "scores by \(critics.joined(separator: ", "))"
      case .rollOut: "rollouts"
      case .compare: "a comparison"
      }
    if context.question != recording.problem.prompt {
      return RunError("the recording \(recording.run) is of the problem \(recording.problem.id), not of this one")
    }
    return RunError(
      "the recording \(recording.run) has no answer left to \(what) at node \(context.request.node); "
        + "a live model after it (--model recording:\(recording.run) --model SPEC) would go on")
  }
}
