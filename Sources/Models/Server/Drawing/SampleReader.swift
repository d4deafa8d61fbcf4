/// Reads the continuations that one request draws, and is satisfied as soon as all of them have ended.
struct SampleReader {
  private struct Branch {
    var assembler: SampleAssembler
    var tail = TokenTail()
    /// What the server said at the end, if it was the server that ended it.
    var end: ServerEnd?

    /// True where the server would go on. Where it ends by itself it is read to its end, where its figures stand.
    var isCutHere: Bool {
      switch assembler.ending {
      case .newline, .stopText, .formula, .uncertainty, .endOfText: true
      case .token, .lengthCap, .person, nil: false
      }
    }
  }

  private let connection: ServerConnection
  private let draw: Draw
  private var branches: [Branch]
  private var prompted = ModelUsage()
  private var generated: Int?

  /// - Parameter request: what is drawn, whatever its count.
  init(_ draw: Draw, for request: SampleRequest, ends: [[UInt8]], from connection: ServerConnection) {
    self.connection = connection
    self.draw = draw
    let branch = Branch(assembler: SampleAssembler(request, written: Array(draw.written.utf8), ends: ends))
    branches = Array(repeating: branch, count: draw.count)
  }

  /// Takes an object of the answer; false once nothing more is needed.
  mutating func feed(_ object: JSONObject) throws -> Bool {
    for event in try connection.dialect.events(object) {
      switch event {
      case .token(let index, let token):
        try require(index, token)
        for certain in draw.stops.isEmpty ? [token] : branches[index].tail.feed(token) {
          branches[index].assembler.feed(certain)
        }
      case .end(let index, let end):
        guard branches.indices.contains(index) else { throw unexpected(index) }
        branches[index].end = end
      case .prompt(let cost): prompted = cost
      case .generated(let count): generated = count
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

  private func require(_ index: Int, _ token: ServerToken) throws {
    guard branches.indices.contains(index) else { throw unexpected(index) }
    guard token.logProbability != nil || !connection.abilities.logProbabilities else {
      throw connection.endpoint.error(
        .noLogProbabilities, "expected a log-probability for each token, as when the server was probed; got none")
    }
  }

  private func unexpected(_ index: Int) -> ServerError {
    connection.endpoint.error(.shape, "index: expected 0…\(branches.count - 1), got \(index)")
  }

  /// The samples, and what they cost. `bytes` tells what one of the server's tokens stands for.
  ///
  /// - Throws: `ServerError` where the answer ended too early or holds nothing.
  mutating func finish(_ bytes: (Int32) async throws -> [UInt8]?) async throws -> ([SampleAssembler], ModelUsage) {
    for index in branches.indices {
      guard branches[index].assembler.ending == nil else { continue }
      guard let end = branches[index].end else {
        let isNothing = branches.allSatisfy { $0.assembler.tokens.isEmpty && $0.tail.tokens.isEmpty && $0.end == nil }
        throw isNothing
          ? connection.endpoint.error(.empty, "expected \(draw.count) continuations, got none")
          : connection.endpoint.error(.cut, "expected an answer, the connection was closed before its end")
      }
      var tail = branches[index].tail.tokens
      if case .stop(let text) = end {
        tail = try await branches[index].tail.restored(text, after: branches[index].assembler.bytes, bytes)
      }
      for token in tail { branches[index].assembler.feed(token) }
      branches[index].assembler.finish(end)
      if branches[index].assembler.bytes.isEmpty, branches[index].assembler.ending != .endOfText {
        throw connection.endpoint.error(.empty, "expected a continuation, got an empty one")
      }
    }
    var usage = prompted
    let counted = branches.reduce(0) { $0 + $1.assembler.tokens.count }
    // Without log-probabilities a piece may be several tokens: the server's own count is the better one.
    usage.generated = connection.abilities.logProbabilities ? counted : max(counted, generated ?? 0)
    return (branches.map(\.assembler), usage)
  }
}

/// The newest tokens of a continuation, kept back until it is known whether the server cut a stop text out of them.
struct TokenTail {
  private(set) var tokens: [ServerToken] = []

  /// Takes a token; those that are certain now. Tokens without bytes belong to the next one that has some.
  mutating func feed(_ token: ServerToken) -> [ServerToken] {
    guard !token.bytes.isEmpty else {
      tokens.append(token)
      return []
    }
    defer { tokens = [token] }
    return tokens
  }

  /// The tokens as they were before `stop` was cut off.
  ///
  /// - Parameters:
  ///   - written: the bytes before the tail.
  ///   - bytes: what a token of the server stands for; nil where it cannot tell.
  func restored(_ stop: String, after written: [UInt8], _ bytes: (Int32) async throws -> [UInt8]?) async throws
    -> [ServerToken]
  {
    let stop = Array(stop.utf8)
    let known = tokens.flatMap(\.bytes)
    if (written + known).suffix(stop.count).elementsEqual(stop) { return tokens }  // it was not cut
    var whole = tokens
    // A token that has bytes and is followed by others without was told in full.
    for i in whole.indices where whole[i].bytes.isEmpty || i == whole.count - 1 {
      guard let native = whole[i].native, let all = try await bytes(native), all.starts(with: whole[i].bytes) else {
        return appended(stop)
      }
      whole[i].bytes = all
    }
    let said = written.suffix(stop.count) + whole.flatMap(\.bytes)
    return said.firstRange(of: stop) != nil ? whole : appended(stop)
  }

  /// The tokens with the stop text as part of the last one.
  private func appended(_ stop: [UInt8]) -> [ServerToken] {
    guard var last = tokens.last else { return [ServerToken(bytes: stop)] }
    last.bytes += stop
    last.native = nil
    return tokens.dropLast() + [last]
  }
}
