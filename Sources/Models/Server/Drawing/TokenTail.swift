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
