import Models
import Vocabulary

/// Whole solutions of a served model, read as they are written: one request for all of them, and one more for each line that
/// a tool refutes. What is written after such a line was never asked for, so that a server's tokens go where they count.
struct CheckedSolutions {
  let model: any ServedModel
  let tools: ToolDispatcher

  /// The solutions of every start, all at once; each request's `end` is the text's or the answer's.
  func solutions(_ starts: [CheckedSampling.Start]) async throws -> [SampleResult] {
    try await starts.mapAtOnce { try await solutions($0) }
  }

  private func solutions(_ start: CheckedSampling.Start) async throws -> SampleResult {
    let result = try await model.sample(start.request, readBy: Watch(tools: tools, state: start.state))
    let numbered = Array(result.samples.enumerated())
    let drafts = try await numbered.mapAtOnce { number, sample in
      var draft = Draft(start, number, sample, of: model)
      while let next = draft.next {
        let watch = Watch(tools: tools, state: next.start.state, bearsFirst: next.isLast)
        draft.append(try await model.sample(next.start.request, readBy: watch))
      }
      return draft
    }
    return SampleResult(
      samples: drafts.map(\.sample), usage: drafts.reduce(result.usage) { $0 + $1.usage })
  }

  /// Ends a sample with the first line that a tool refutes.
  private struct Watch: LineReader {
    let tools: ToolDispatcher
    let state: JudgedState
    /// The first line stays whatever tools say: it was drawn again often enough.
    var bearsFirst = false

    func goesOn(_ sample: Int, after text: String) async throws -> Bool {
      var lines = text.lines
      guard let newest = lines.popLast(), !(bearsFirst && lines.isEmpty) else { return true }
      var before = state
      before.optionTexts += lines
      return try await !tools.object(to: newest, after: before)
    }
  }

  /// A solution that is being written: what stands, and how often its next line was refuted.
  private struct Draft {
    private(set) var sample: Sample
    private(set) var usage = ModelUsage()
    private let model: any ServedModel
    private let start: CheckedSampling.Start
    private let number: Int
    private var refusals = 0
    private var requests = 0
    private var isOpen = true

    init(_ start: CheckedSampling.Start, _ number: Int, _ sample: Sample, of model: any ServedModel) {
      (self.start, self.number, self.model) = (start, number, model)
      self.sample = Sample(tokens: [], bytes: [], logProbabilities: [], ending: .newline)
      take(sample)
    }

    /// What is drawn next, and whether its first line is kept whatever it says; nil where the solution has ended.
    var next: (start: CheckedSampling.Start, isLast: Bool)? {
      guard isOpen else { return nil }
      var next = start
      next.request.count = 1
      next.request.prefix += sample.tokens
      next.request.maximumTokens -= sample.tokens.count
      // Other random numbers each time; what is greedy would come out the same.
      next.request.seed &+= UInt64(number) &* 0xA076_1D64_78BD_642F &+ UInt64(requests) &* 0xE703_7ED1_A0B4_28DB
      if next.request.temperature == 0, refusals > 0 { next.request.temperature = 1 }
      next.state.optionTexts += sample.text.lines
      return (next, refusals >= start.state.tools.redraws)
    }

    mutating func append(_ result: SampleResult) {
      usage += result.usage
      guard let more = result.samples.first else { return isOpen = false }
      take(more)
    }

    /// Takes what was drawn; a sample that was ended by its reader loses its last line, which was refuted.
    private mutating func take(_ more: Sample) {
      requests += 1
      let isRefuted = more.ending == .newline
      let kept = isRefuted ? more.withoutLastLine(of: model) : more
      usage.discarded += more.tokens.count - kept.tokens.count
      refusals = isRefuted ? (kept.bytes.isEmpty ? refusals + 1 : 1) : 0
      sample.tokens += kept.tokens
      sample.bytes += kept.bytes
      sample.logProbabilities += kept.logProbabilities
      if sample.thinking.isEmpty { sample.thinking = more.thinking }
      isOpen = isRefuted && sample.tokens.count < start.request.maximumTokens
      sample.ending = isRefuted ? .lengthCap : more.ending
    }
  }
}

extension ToolDispatcher {
  /// Whole solutions under the eyes of the tools, by whatever way suits the model.
  func solutions(_ starts: [CheckedSampling.Start], by policy: any LanguageModel) async throws -> [SampleResult] {
    if let served = policy.served {
      return try await CheckedSolutions(model: served, tools: self).solutions(starts)
    }
    return try await CheckedSampling(policy: policy, tools: self).solutions(starts)
  }
}

extension Sample {
  /// What stands before the last line; a token that ends the line before and begins this one is cut in two.
  fileprivate func withoutLastLine(of model: any LanguageModel) -> Sample {
    let body = bytes.last == 0x0A ? bytes.dropLast() : bytes[...]
    let count = body.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    var kept = Sample(
      tokens: [], bytes: Array(bytes[..<count]), logProbabilities: [], ending: ending)
    var length = 0
    for token in tokens where length < count {
      let part = model.bytes(of: [token])
      length += part.count
      let excess = max(0, length - count)
      kept.tokens += excess == 0 ? [token] : model.tokenize(String(decoding: part.dropLast(excess), as: UTF8.self))
    }
    kept.logProbabilities = Array(logProbabilities.prefix(kept.tokens.count))
    return kept
  }
}

extension String {
  /// The text's lines, each with its line break.
  fileprivate var lines: [String] {
    var lines = split(separator: "\n", omittingEmptySubsequences: false).map { String($0) + "\n" }
    let last = lines.popLast().map { String($0.dropLast()) } ?? ""
    if !last.isEmpty { lines.append(last) }
    return lines
  }
}
