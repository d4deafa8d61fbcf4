/// Looks whether a server reads its prompts whole: some cut them without a word.
struct PromptLength {
  private let connection: ServerConnection
  private let draw: Draw

  init(_ connection: ServerConnection, _ draw: Draw) {
    self.connection = connection
    self.draw = draw
  }

  /// Takes note of what the prompt of an answer cost. Where the answer was not read to its end, which tells that, prompts
  /// are counted by requests of their own, the fewer the longer they grow.
  func look(at cost: ModelUsage) async {
    let (facts, text) = (connection.facts, draw.system + draw.text)
    if facts.abilities.cutsPrompts || facts.abilities.interface == .llama { return }
    if cost.prompted + cost.reused > 0 {
      note(facts.read(text, tokens: cost.prompted + cost.reused))
    } else if facts.isCountDue(text.utf8.count) {
      // A few words, the text without its last third, and the text: a server that counts tells three numbers, one that cuts
      // two.
      var (few, part) = (draw, draw)
      (few.prompt, few.written) = (String(draw.prompt.prefix(40)), "")
      let third = draw.text.count / 3
      part.written = String(draw.written.dropLast(third))
      part.prompt = String(draw.prompt.dropLast(max(0, third - draw.written.count)))
      for draw in [few, part, draw] {
        let tokens = await count(draw)
        note(facts.read(draw.system + draw.text, tokens: tokens))
      }
    }
  }

  private func note(_ length: Int?) {
    if let length { connection.facts.learn(.cutsPrompts(at: length)) }
  }

  /// The tokens that the server reads of a draw's prompt; 0 where it does not tell.
  private func count(_ draw: Draw) async -> Int {
    var draw = draw
    (draw.count, draw.maximumTokens, draw.thinkingTokens, draw.stops) = (1, 1, 0, [])
    var cost = ModelUsage()
    do {
      let dialect = connection.abilities.dialect
      try await connection.endpoint.read(dialect.request(draw), idle: Self.seconds) { object in
        for case .prompt(let told) in try dialect.events(object) { cost = told }
        return true
      }
    } catch { return 0 }  // nothing depends on it
    return cost.prompted + cost.reused
  }

  private static let seconds = 30.0
}

/// Notices a server that reads only a part of its prompts: the count of tokens stays put while the text grows.
struct PromptGrowth {
  /// Prompts and how many tokens were read of each, the newest last.
  private var read: [(text: String, tokens: Int)] = []
  /// The fewest tokens that were read of a prompt: a server that always tells the same number counts nothing.
  private var fewest = Int.max

  /// Prompts that are remembered.
  private static let most = 32
  /// So many bytes more are at least one token more.
  private static let growth = 160

  /// From so many bytes on, prompts are counted.
  private var due = 1500

  /// True where `length` bytes have to be counted, each time they have grown by a half.
  mutating func isDue(_ length: Int) -> Bool {
    guard length >= due else { return false }
    due = length * 3 / 2
    return true
  }

  /// Takes note of `tokens` read of `text`; that number where the text must have more. Complexity: O(32 × length).
  mutating func read(_ text: String, tokens: Int) -> Int? {
    guard tokens > 0 else { return nil }
    fewest = min(fewest, tokens)
    let isStuck = read.contains { earlier in
      text.utf8.count >= earlier.text.utf8.count + Self.growth && tokens <= earlier.tokens
        && text.hasPrefix(earlier.text)
    }
    if isStuck { return tokens > fewest ? tokens : nil }
    read.append((text, tokens))
    if read.count > Self.most { read.removeFirst() }
    return nil
  }
}
