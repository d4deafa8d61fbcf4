import Vocabulary

/// Samples of several requests, advanced together, one token a step.
struct SampleBatch {
  /// A sample under way.
  private struct Branch {
    let request: Int
    let index: Int
    var generator: SplitMix
    let limit: Int
    let sequence: LlamaSequence
    var option: OptionProgress?
    var tokens: [Int32] = []
    var logProbabilities: [Double] = []
    var ending: Termination?
  }

  private let runtime: LlamaRuntime
  private let requests: [SampleRequest]
  private var prepared: [LlamaRuntime.Prepared] = []
  private var results: [[Sample?]]

  /// Continues all of `requests`. Complexity: one pass over the weights a step, for up to 32 samples.
  ///
  /// - Throws: `ModelError`, or `CancellationError` within one step of the task's cancellation.
  static func run(_ requests: [SampleRequest], on runtime: LlamaRuntime) throws -> [SampleResult] {
    for request in requests { try request.validated(for: runtime.name) }
    var batch = SampleBatch(
      runtime: runtime, requests: requests, results: requests.map { Array(repeating: nil, count: $0.count) })
    defer { for each in batch.prepared { runtime.release(each) } }
    return try batch.run()
  }

  private init(runtime: LlamaRuntime, requests: [SampleRequest], results: [[Sample?]]) {
    self.runtime = runtime
    self.requests = requests
    self.results = results
  }

  private mutating func run() throws -> [SampleResult] {
    let context = runtime.forward.configuration.context
    for request in requests {
      if request.count > 0, request.prefix.count == context {
        throw ModelError.overflow(runtime.name, context: context - 1, count: context)  // there is room for no token
      }
      prepared.append(try runtime.prepare(request.prefix))
    }
    var waiting = requests.indices.flatMap { request in (0..<requests[request].count).map { (request, $0) } }[...]
    var active: [Branch] = []
    var first: (request: Int, logits: [Float])?
    while true {
      while active.count < LlamaForward.maximumRows, let (request, index) = waiting.popFirst() {
        if first?.request != request { first = (request, firstLogits(of: request)) }
        var branch = branch(request, index)
        try first?.logits.withUnsafeBufferPointer { logits in
          if let base = logits.baseAddress { try advance(&branch, base) }
        }
        if branch.ending == nil { active.append(branch) } else { finish(branch) }
      }
      if active.isEmpty { break }
      try Task.checkCancellation()
      try step(&active)
    }
    return requests.indices.map { i in
      let samples = results[i].compactMap { $0 }
      var usage = prepared[i].usage
      usage.generated = samples.reduce(0) { $0 + $1.tokens.count }
      return SampleResult(samples: samples, usage: usage)
    }
  }

  /// Logits after the prefix, the same for all of a request's samples.
  private func firstLogits(of request: Int) -> [Float] {
    let logits = runtime.forward.logits([prepared[request].hidden(at: requests[request].prefix.count - 1)])
    return Array(UnsafeBufferPointer(start: logits.base, count: logits.columns))
  }

  private func branch(_ request: Int, _ index: Int) -> Branch {
    let r = requests[request]
    let limit = min(r.maximumTokens, runtime.forward.configuration.context - r.prefix.count)
    var branch = Branch(
      request: request, index: index, generator: SplitMix(seed: r.seed, index: index), limit: limit,
      sequence: LlamaSequence(
        chain: prepared[request].chain, shape: runtime.forward.shape, capacity: max(1, min(limit, 32))))
    if case .option(let end) = r.end { branch.option = OptionProgress(end) }
    return branch
  }

  /// Feeds every branch's last token and draws the next one.
  private mutating func step(_ active: inout [Branch]) throws {
    for branch in active { branch.sequence.reserve(branch.tokens.count) }
    runtime.forward.run(
      active.map {
        LlamaForward.Row(token: $0.tokens[$0.tokens.count - 1], sequence: $0.sequence, slot: $0.tokens.count - 1)
      })
    let logits = runtime.forward.logits(
      active.map { UnsafePointer($0.sequence.own.hidden(at: $0.tokens.count - 1)) })
    for i in active.indices { try advance(&active[i], logits.row(i)) }
    for branch in active where branch.ending != nil { finish(branch) }
    active.removeAll { $0.ending != nil }
  }

  private func advance(_ branch: inout Branch, _ logits: UnsafePointer<Float>) throws {
    guard branch.tokens.count < branch.limit else {
      branch.ending = .lengthCap
      return
    }
    let request = requests[branch.request]
    guard
      let (token, logProbability) = runtime.sampler.draw(
        logits, temperature: request.temperature, topP: request.topP, using: &branch.generator)
    else { throw ModelError(runtime.name, "logits", "expected finite numbers: the weights are damaged") }
    // The token only shows whether a word would begin here; it is not fed, and the next option draws its own.
    if let threshold = branch.option?.threshold(before: runtime.tokenizer.bytes(of: token)),
      runtime.sampler.entropy(logits) > threshold
    {
      branch.ending = .uncertainty
      return
    }
    if runtime.forward.configuration.endOfText.contains(token) {
      branch.ending = .endOfText
      return
    }
    branch.tokens.append(token)
    branch.logProbabilities.append(logProbability)
    branch.ending = ending(&branch, after: token, request.end)
  }

  /// What ends the branch with its newest token; nil where it goes on.
  private func ending(_ branch: inout Branch, after token: Int32, _ end: SampleRequest.End) -> Termination? {
    let ending: Termination? =
      switch end {
      case .line: runtime.breaksLine[Int(token)] ? .newline : nil
      case .text: nil
      case .answer: statesAnswer(branch) ? .endOfText : nil
      case .token: .token
      case .option: branch.option?.append(runtime.tokenizer.bytes(of: token))
      }
    return ending ?? (branch.tokens.count == branch.limit ? .lengthCap : nil)
  }

  /// Whether a line has just ended with which the branch states its answer.
  private func statesAnswer(_ branch: Branch) -> Bool {
    guard let last = branch.tokens.last, runtime.breaksLine[Int(last)] else { return false }
    return AnswerFormat.endsWithAnswer(runtime.bytes(of: branch.tokens))
  }

  private mutating func finish(_ branch: Branch) {
    guard let ending = branch.ending else { return }
    results[branch.request][branch.index] = Sample(
      tokens: branch.tokens, bytes: runtime.bytes(of: branch.tokens), logProbabilities: branch.logProbabilities,
      ending: ending)
    runtime.keep(branch.tokens.prefix(branch.sequence.count), branch.sequence.own, below: prepared[branch.request].node)
  }
}
