import Vocabulary

/// Builds one sample out of what a server tells, token by token, and says where it ends: by the request's rule, which is
/// the same for every model, whatever the server stops at.
struct SampleAssembler {
  private let request: SampleRequest
  private let ends: [[UInt8]]
  private let markers: [String]
  /// The end of what was written before, as far as a text that ends the solution may begin in it.
  private let before: [UInt8]
  private var option: OptionProgress?
  private(set) var tokens: [ServerToken] = []
  private(set) var bytes: [UInt8] = []
  /// Why the sample ended; nil while it goes on.
  private(set) var ending: Termination?

  /// - Parameters:
  ///   - written: what the solution says so far.
  ///   - ends: texts that end a solution and are no part of it.
  ///   - markers: texts behind which answers stand, beside the usual places.
  init(_ request: SampleRequest, written: [UInt8], ends: [[UInt8]], markers: [String] = []) {
    self.request = request
    self.markers = markers
    self.ends = ends
    before = written.suffix(max(0, (ends.map(\.count).max() ?? 0) - 1))
    if case .option(let end) = request.end { option = OptionProgress(end) }
  }

  /// Takes the next token; nothing where the sample has ended.
  mutating func feed(_ token: ServerToken) {
    guard ending == nil else { return }
    if let threshold = option?.threshold(before: token.bytes), let entropy = token.entropy, entropy > threshold {
      ending = .uncertainty
      return
    }
    tokens.append(token)
    bytes += token.bytes
    if cutAfterAnswer(newest: token.bytes.count) {
      ending = .endOfText
      return
    }
    if cutAtEnd(newest: token.bytes.count) {
      ending = .endOfText
      return
    }
    ending = rule(token.bytes) ?? (tokens.count >= request.maximumTokens ? .lengthCap : nil)
  }

  /// The server says that nothing follows.
  mutating func finish(_ end: ServerEnd) {
    guard ending == nil else { return }
    switch end {
    case .endOfText, .unknown: ending = .endOfText
    case .length, .brokenOff: ending = .lengthCap
    case .filtered: ending = .filtered
    case .stop:
      // The rule did not see its stop text: the server stops where it was not asked to.
      ending = .endOfText
    }
  }

  /// What has come is one step, whatever the rule looks for.
  mutating func finishStep() { ending = ending ?? .stopText }

  private mutating func rule(_ token: [UInt8]) -> Termination? {
    switch request.end {
    case .line: token.contains(0x0A) ? .newline : nil
    case .text, .answer: nil
    case .token: .token
    case .option: option?.append(token)
    }
  }

  /// Cuts off a text that ends the solution, if the newest bytes complete one; true where it did.
  private mutating func cutAtEnd(newest: Int) -> Bool {
    guard newest > 0, !ends.isEmpty else { return false }
    let all = before + bytes
    let starts = ends.compactMap { end in
      all[max(0, all.count - newest - end.count + 1)...].firstRange(of: end)?.lowerBound
    }
    guard let start = starts.min() else { return false }
    drop(last: min(bytes.count, all.count - start))
    return true
  }

  /// Cuts off what follows the line that states the answer, if the newest bytes complete it and the request wants no more;
  /// true where they do.
  private mutating func cutAfterAnswer(newest: Int) -> Bool {
    guard request.end == .answer else { return false }
    for at in bytes.indices.suffix(newest) where bytes[at] == 0x0A {
      guard AnswerFormat.endsWithAnswer(Array(bytes[...at]), markers: markers) else { continue }
      drop(last: bytes.count - at - 1)
      return true
    }
    return false
  }

  /// Ends the sample after its first `count` bytes, where somebody who reads along wants no more of it.
  mutating func end(after count: Int) {
    drop(last: bytes.count - count)
    ending = .newline
  }

  /// Drops the last bytes, and the tokens that are nothing but these.
  private mutating func drop(last count: Int) {
    var excess = count
    bytes.removeLast(excess)
    while excess > 0, let last = tokens.last {
      if last.bytes.count > excess {
        tokens[tokens.count - 1].bytes.removeLast(excess)
        tokens[tokens.count - 1].native = nil
        excess = 0
      } else {
        excess -= last.bytes.count
        tokens.removeLast()
      }
    }
  }
}

/// What a server is told about where to stop. What it cannot know, or would not tell, this side cuts.
struct StopRule {
  /// Texts that the server stops at.
  let stops: [String]
  /// The rule looks at how sure the model is.
  let needsEntropy: Bool

  init(_ end: SampleRequest.End, _ ends: [String], _ abilities: ServerAbilities) {
    var stops: [String] = []
    // A stop text would end the thinking, or what a chat says before a step.
    var canStop = abilities.stops != .silent && abilities.thinking == .none && abilities.steps != .words
    needsEntropy = if case .option(let end) = end { end.entropy != nil } else { false }
    switch end {
    case .line: stops = ["\n"]
    case .text, .answer: break
    case .token: canStop = false  // one token is all that comes
    case .option(let end):
      stops = end.stops.compactMap { String(validating: $0, as: UTF8.self) }
      canStop = canStop && !end.needsFormula && end.entropy == nil && stops.count == end.stops.count
    }
    // A text that holds an earlier stop is never reached, and OpenAI's interface takes four.
    stops += ends.filter { text in !stops.contains { text.contains($0) } }
    self.stops = canStop && stops.count <= 4 ? stops : []
  }
}
