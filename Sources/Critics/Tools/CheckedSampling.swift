import Models
import Vocabulary

/// Samples step by step and draws again what a tool refutes: a wrong line then costs its own tokens, not those of everything
/// that would have been built on it.
struct CheckedSampling {
  /// What is continued, and how; `request.prefix` are the tokens of `state`.
  struct Start {
    var state: JudgedState
    var request: SampleRequest
  }

  let policy: any LanguageModel
  let tools: ToolDispatcher

  /// One step for each sample of each request. A draw that a tool refutes is replaced, up to `tools.redraws` times; what is
  /// refuted then as well stays: the tool's critic will say so.
  func steps(_ starts: [Start]) async throws -> [SampleResult] {
    var results = try await policy.sample(starts.map(\.request))
    var open: [(start: Int, sample: Int)] = []
    for (start, result) in results.enumerated() where starts[start].state.tools.redraws > 0 {
      for (sample, drawn) in result.samples.enumerated()
      where try await tools.object(to: drawn.text, after: starts[start].state) { open.append((start, sample)) }
    }
    var attempt = 0
    while !open.isEmpty {
      attempt += 1
      open.removeAll { attempt > starts[$0.start].state.tools.redraws }
      let redrawn = try await policy.sample(open.map { again(starts[$0.start].request, sample: $0.sample, attempt) })
      var still: [(start: Int, sample: Int)] = []
      for (place, result) in zip(open, redrawn) {
        results[place.start].usage += result.usage
        guard let drawn = result.samples.first else { continue }
        results[place.start].samples[place.sample] = drawn
        if try await tools.object(to: drawn.text, after: starts[place.start].state) { still.append(place) }
      }
      open = still
    }
    return results
  }

  /// Whole solutions, line by line; each request's `end` is the text's or the answer's. For models of this process, which
  /// pay for no prefix twice; those behind servers are read as they write (``CheckedSolutions``).
  func solutions(_ starts: [Start]) async throws -> [SampleResult] {
    var drafts = starts.enumerated().flatMap { index, start in
      (0..<start.request.count).map { Draft(start, index: index, sample: $0) }
    }
    while true {
      try Task.checkCancellation()
      let open = drafts.indices.filter { drafts[$0].isOpen }
      if open.isEmpty { break }
      for (draft, result) in zip(open, try await steps(open.map { drafts[$0].next })) { drafts[draft].append(result) }
    }
    return starts.indices.map { index in
      drafts.filter { $0.index == index }.reduce(into: SampleResult(samples: [], usage: ModelUsage())) {
        $0.samples.append($1.sample)
        $0.usage += $1.usage
      }
    }
  }

  /// The same request for one sample, from other random numbers; a greedy one is drawn at temperature 1, since greedily it
  /// would come out the same.
  private func again(_ request: SampleRequest, sample: Int, _ attempt: Int) -> SampleRequest {
    var request = request
    request.count = 1
    request.seed &+= UInt64(attempt) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(sample) &* 0xD1B5_4A32_D192_ED03
    if request.temperature == 0 { request.temperature = 1 }
    return request
  }

  /// A solution that is being written.
  private struct Draft {
    let index: Int
    private(set) var sample = Sample(tokens: [], bytes: [], logProbabilities: [], ending: .newline)
    private(set) var usage = ModelUsage()
    private(set) var isOpen: Bool
    private var start: Start
    private var lines = 0

    init(_ start: Start, index: Int, sample number: Int) {
      self.start = start
      self.start.request.seed &+= UInt64(number) &* 0xA076_1D64_78BD_642F
      self.index = index
      isOpen = true
    }

    /// Where the next line begins.
    var next: Start {
      var next = start
      next.request.end = .line
      next.request.count = 1
      next.request.seed &+= UInt64(lines) &* 0xE703_7ED1_A0B4_28DB
      return next
    }

    mutating func append(_ result: SampleResult) {
      usage += result.usage
      guard let line = result.samples.first else { return isOpen = false }
      sample.tokens += line.tokens
      sample.bytes += line.bytes
      sample.logProbabilities += line.logProbabilities
      sample.thinking += (sample.thinking.isEmpty || line.thinking.isEmpty ? "" : "\n\n") + line.thinking
      start.request.prefix += line.tokens
      start.request.maximumTokens -= line.tokens.count
      if !line.tokens.isEmpty { start.state.optionTexts.append(line.text) }
      lines += 1
      let isAnswered = start.request.end == .answer && AnswerFormat.endsWithAnswer(sample.bytes)
      isOpen = line.ending == .newline && start.request.maximumTokens > 0 && !isAnswered
      sample.ending = isAnswered ? .endOfText : line.ending == .newline ? .lengthCap : line.ending
    }
  }
}

extension ToolDispatcher {
  /// Whether a tool that is quick and worth its trust refutes `option` as the next step.
  func object(to option: String, after state: JudgedState) async throws -> Bool {
    var next = state
    next.optionTexts.append(option)
    next.isComplete = false
    for tool in tools where tool.vetoes && state.tools.enabled.contains(tool.name) {
      guard case .applies = tool.application(to: next),
        state.tools.trust.trust(in: tool, .refuted) > Self.leastTrust
      else { continue }
      if try await tool.check(next).kind == .refuted { return true }
    }
    return false
  }

  /// A tool that outcomes contradict has no veto.
  private static let leastTrust = 0.05
}
