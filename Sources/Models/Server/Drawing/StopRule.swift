/// What a server is told about where to stop. What it cannot know, or would not tell, this side cuts.
struct StopRule {
  /// Texts that the server stops at.
  let stops: [String]
  /// The rule looks at how sure the model is.
  let needsEntropy: Bool

  init(_ end: SampleRequest.End, _ ends: [String], _ abilities: ServerAbilities) {
    var stops: [String] = []
    var canStop = abilities.stops != .silent
    needsEntropy = if case .option(let end) = end { end.entropy != nil } else { false }
    switch end {
    case .line: stops = ["\n"]
    case .text: break
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
