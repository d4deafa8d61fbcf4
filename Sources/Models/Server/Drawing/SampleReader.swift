import Foundation

/// Reads the continuations that one request draws, and is satisfied as soon as all of them have ended.
struct SampleReader {
  private struct Branch {
    var assembler: SampleAssembler
    var tail = TokenTail()
    var filter: ThinkingFilter
    /// Thinking that the server kept apart.
    var apart = ""
    /// Tokens of thinking.
    var thoughtTokens = 0
    /// Thinking went on for longer than it may.
    var isOverthought = false
    /// What the server said at the end, if it was the server that ended it.
    var end: ServerEnd?
    /// Bytes whose lines somebody who reads along has seen.
    var readBytes = 0
    /// Tokens of text and thinking that have come.
    var cameTokens = 0
    /// Their bytes.
    var cameBytes = 0
    /// True where the server was told how long the answer may be.
    var isBounded = true

    /// True where the server would go on. Where it ends by itself it is read to its end, where its figures stand.
    var isCutHere: Bool {
      switch assembler.ending {
      case .newline, .stopText, .formula, .uncertainty, .endOfText, .filtered: true
      case .lengthCap where !isBounded: true
      case .token, .lengthCap, .person, .cut, nil: isOverthought
      }
    }

    var isThoughtful: Bool { filter.hasThought || !apart.isEmpty }
  }

  private let connection: ServerConnection
  private let can: ServerAbilities
  private let dialect: any ServerDialect
  private let draw: Draw
  private let end: SampleRequest.End
  private let thinkingLimit: Int
  private var branches: [Branch]
  /// Tokens that came for continuations which had ended.
  private var surplus = 0
  private var prompted = ModelUsage()
  private var generated: Int?

  /// - Parameters:
  ///   - request: what is drawn, whatever its count.
  ///   - thinkingLimit: most tokens of thinking.
  init(
    _ draw: Draw, for request: SampleRequest, _ prompt: ModelPrompt, thinkingLimit: Int,
    from connection: ServerConnection
  ) {
    self.connection = connection
    can = connection.abilities
    dialect = can.dialect
    self.draw = draw
    end = request.end
    self.thinkingLimit = thinkingLimit
    var branch = Branch(
      assembler: SampleAssembler(
        request, written: Array(draw.written.utf8), ends: prompt.ends.map { Array($0.utf8) }, markers: prompt.answers),
      filter: ThinkingFilter(begins: can.thinking == .unopened, holdsSpace: can.thinking == .marked))
    branch.isBounded = can.sends(.maximumTokens) || can.sends(.maximumCompletionTokens)
    branches = Array(repeating: branch, count: draw.count)
  }

  /// Takes an object of the answer; false once nothing more is needed.
  mutating func feed(_ object: JSONObject) throws -> Bool {
    for event in try dialect.events(object) {
      switch event {
      case .token(let index, let token):
        guard branches.indices.contains(index) else { throw unexpected(index) }
        look(at: token)
        try measure(token.bytes.count, index)
        if branches[index].isCutHere { surplus += 1 }
        for certain in draw.stops.isEmpty ? [token] : branches[index].tail.feed(token) { try take(certain, index) }
      case .thought(let index, let text):
        guard branches.indices.contains(index) else { throw unexpected(index) }
        try think(.apart)
        try measure(text.utf8.count, index)
        branches[index].apart += text
        count(1, index)
      case .end(let index, let end):
        guard branches.indices.contains(index) else { throw unexpected(index) }
        note(end, index)
      case .prompt(let cost): prompted = cost
      case .generated(let count): generated = count
      }
    }
    return !branches.allSatisfy(\.isCutHere) && !isWasteful
  }

  /// Tokens beyond twice those that were asked for that are borne: servers count as they like.
  private static let slack = 64
  /// More than the longest token of any vocabulary: bytes.
  private static let longestToken = 1 << 10

  /// Takes note of how much has come. Throws where it is more than any server writes that does what it is asked for.
  private mutating func measure(_ bytes: Int, _ index: Int) throws {
    branches[index].cameTokens += 1
    branches[index].cameBytes += bytes
    guard branches[index].isBounded else { return }
    let most = 2 * (draw.maximumTokens + max(draw.thinkingTokens, thinkingLimit)) + Self.slack
    if branches[index].cameTokens > most || branches[index].cameBytes > most * Self.longestToken {
      throw connection.endpoint.error(.excess, "max_tokens: expected at most \(draw.mostTokens) tokens, got more")
    }
  }

  /// Surplus tokens that are borne; a token or two come before a server hears that a client has left.
  private static let mostSurplus = 8

  /// True where the server goes on with continuations that have ended: what is left is better asked for by itself. Half a
  /// character cannot be.
  private var isWasteful: Bool {
    surplus > Self.mostSurplus
      && branches.allSatisfy { $0.isCutHere || String(validating: $0.assembler.bytes, as: UTF8.self) != nil }
  }

  /// Shows `reader` every line that has ended since it was last called, and ends the continuations that it wants no more of.
  /// False once nothing more is needed.
  mutating func show(_ reader: any LineReader, first: Int) async throws -> Bool {
    for index in branches.indices {
      let bytes = branches[index].assembler.bytes
      while [nil, .endOfText].contains(branches[index].assembler.ending),
        let newline = bytes[branches[index].readBytes...].firstIndex(of: 0x0A)
      {
        branches[index].readBytes = newline + 1
        let text = String(decoding: bytes[...newline], as: UTF8.self)
        if try await !reader.goesOn(first + index, after: text) { branches[index].assembler.end(after: newline + 1) }
      }
    }
    return !branches.allSatisfy(\.isCutHere)
  }

  /// The newest line of the first continuation, as far as it has come.
  var line: String {
    guard let branch = branches.first else { return "" }
    let bytes = branch.assembler.bytes.suffix(Self.longestLine) + branch.tail.tokens.flatMap(\.bytes)
    let isWhole = bytes.last == 0x0A
    let line = bytes.dropLast(isWhole ? 1 : 0).split(separator: 0x0A, omittingEmptySubsequences: false).last ?? []
    return String(decoding: line, as: UTF8.self)
  }

  /// More of a line is not looked at while it is written.
  private static let longestLine = 400

  // MARK: - Taking

  /// Takes a token that is certain: thinking goes its own way.
  private mutating func take(_ token: ServerToken, _ index: Int) throws {
    let found = branches[index].filter.feed(token)
    // What was passed on before was no text.
    if found.isUnopened, !branches[index].assembler.bytes.isEmpty { try think(.unopened) }
    if branches[index].filter.hasThought { try think(.marked) }
    count(found.thoughtTokens, index)
    for token in found.text { try feed(token, index) }
  }

  private mutating func feed(_ token: ServerToken, _ index: Int) throws {
    var token = token
    if skipsSpace, branches[index].assembler.bytes.isEmpty {
      // A chat's answer that begins anew may begin with a blank line, which is no step.
      let blank = token.bytes.prefix(while: WordBoundary.isSpace)
      if let end = blank.lastIndex(of: 0x0A) {
        (token.bytes, token.native) = (Array(token.bytes[(end + 1)...]), nil)
        if token.bytes.isEmpty { return }
      }
    }
    branches[index].assembler.feed(token)
    // What comes in pieces is put together here first.
    if connection.endpoint.secrets.end(branches[index].assembler.bytes, newest: token.bytes.count) {
      throw connection.endpoint.error(
        .rejected, "expected a continuation, got the key that was sent, or a part of the URL")
    }
  }

  /// Whether white space at the beginning means nothing.
  private var skipsSpace: Bool { can.interface == .chat && (draw.written.isEmpty || can.steps == .words) }

  private mutating func count(_ tokens: Int, _ index: Int) {
    branches[index].thoughtTokens += tokens
    guard tokens > 0, branches[index].thoughtTokens > thinkingLimit, !branches[index].isOverthought else { return }
    branches[index].isOverthought = true
    connection.facts.learn(.thoughtTooLong(limit: thinkingLimit))
  }

  /// Takes note of where thinking stands; where nobody knew, the request is sent again with room for it.
  private func think(_ place: ServerAbilities.Thinking) throws {
    let isNew = can.thinking == .none || (place == .unopened && can.thinking == .marked)
    if isNew { throw ServerLesson.thinks(place) }
  }

  private func look(at token: ServerToken) {
    guard can.logProbabilities, token.logProbability == nil, !token.bytes.isEmpty else { return }
    connection.facts.learn(.noLogProbabilities(found: "missing, or no number of at most 0, in an answer"))
  }

  private mutating func note(_ end: ServerEnd, _ index: Int) {
    if let lesson = end.lesson { connection.facts.learn(lesson) }
    // A word that nobody knows takes nothing back.
    if case .unknown = end, branches[index].end != nil { return }
    branches[index].end = end
  }

  private func unexpected(_ index: Int) -> ServerError {
    connection.endpoint.error(.shape, "index: expected 0…\(branches.count - 1), got \(index)")
  }

  // MARK: - The end

  /// The samples, and what they cost. `bytes` tells what one of the server's tokens stands for.
  ///
  /// - Throws: `ServerError` where the answer ended too early or holds nothing.
  mutating func finish(_ bytes: (Int32) async throws -> [UInt8]?) async throws -> ([DrawnSample], ModelUsage) {
    let wasLeft = isWasteful
    for index in branches.indices where branches[index].assembler.ending == nil {
      if wasLeft, branches[index].end == nil {
        for token in branches[index].tail.tokens { try take(token, index) }
      } else {
        try await finish(index, bytes)
      }
    }
    var usage = prompted
    usage.discarded = surplus
    let counted = branches.reduce(surplus) { $0 + $1.assembler.tokens.count + $1.thoughtTokens }
    // Without log-probabilities a piece may be several tokens: the server's own count is the better one.
    usage.generated = hasAll ? counted : max(counted, generated ?? 0)
    await PromptLength(connection, draw).look(at: prompted)
    return (branches.map { DrawnSample($0.assembler, $0.apart.isEmpty ? $0.filter.thought : $0.apart) }, usage)
  }

  private var hasAll: Bool { can.logProbabilities && branches.allSatisfy { $0.thoughtTokens == 0 } }

  private mutating func finish(_ index: Int, _ bytes: (Int32) async throws -> [UInt8]?) async throws {
    guard let end = branches[index].isOverthought ? .endOfText : branches[index].end ?? unnamedEnd(index) else {
      let isNothing = branches.allSatisfy { $0.assembler.tokens.isEmpty && $0.tail.tokens.isEmpty && $0.end == nil }
      throw isNothing
        ? connection.endpoint.error(.empty, "expected \(draw.count) continuations, got none")
        : connection.endpoint.error(.cut, "expected an answer, the connection was closed before its end")
    }
    var tail = branches[index].tail.tokens
    if case .stop(let text) = end, !draw.stops.isEmpty {
      tail = try await branches[index].tail.restored(text, after: branches[index].assembler.bytes, bytes)
    }
    for token in tail { try take(token, index) }
    let isEnd = end == .endOfText && !branches[index].isOverthought
    for token in branches[index].filter.finish(isEnd: isEnd) { try feed(token, index) }
    if goesOnInWords(end), !branches[index].assembler.bytes.isEmpty { endStep(index) }
    branches[index].assembler.finish(end)
    try checkContent(index, end)
  }

  /// The end of an answer that does not say how it ended, where that is this server's way.
  private func unnamedEnd(_ index: Int) -> ServerEnd? {
    let branch = branches[index]
    guard !can.namesEnds, !branch.assembler.tokens.isEmpty || !branch.tail.tokens.isEmpty || branch.isThoughtful else {
      return nil
    }
    return (generated ?? 0) >= draw.mostTokens ? .length : .endOfText
  }

  /// Whether the end of an answer is the end of a step only: a chat that is asked for each in words.
  private func goesOnInWords(_ end: ServerEnd) -> Bool {
    switch (end, self.end) {
    case (.endOfText, .line), (.endOfText, .option), (.unknown, .line), (.unknown, .option): can.steps == .words
    default: false
    }
  }

  /// Ends the line that the answer is; the rule of the request decides what that ends.
  private mutating func endStep(_ index: Int) {
    branches[index].assembler.feed(
      ServerToken(bytes: [0x0A], logProbability: can.logProbabilities ? 0 : nil))
    if branches[index].assembler.ending == nil { branches[index].assembler.finishStep() }
  }

  private func checkContent(_ index: Int, _ end: ServerEnd) throws {
    let branch = branches[index]
    guard branch.assembler.bytes.isEmpty, branch.assembler.ending != .endOfText, branch.assembler.ending != .filtered
    else { return }
    switch end {
    case .brokenOff(let word):
      throw connection.endpoint.error(.cut, "expected a continuation, the server broke off: \(word)")
    case .length where branch.isThoughtful:
      throw connection.endpoint.error(
        .empty, "expected a continuation, got \(branch.thoughtTokens) tokens of thinking and no more")
    default: throw connection.endpoint.error(.empty, "expected a continuation, got an empty one")
    }
  }
}

/// A continuation with what the model thought before it; one without an ending was left in the middle.
struct DrawnSample {
  let assembler: SampleAssembler
  let thinking: String

  init(_ assembler: SampleAssembler, _ thinking: String) {
    (self.assembler, self.thinking) = (assembler, thinking.trimmingCharacters(in: .whitespacesAndNewlines))
  }
}
