import TreeSearch
import Vocabulary

/// Random events of the kinds of which a journal has many.
struct RandomEvents {
  var random = SplitMix(seed: 5)
  /// Also texts with control characters, numbers that are none, and kinds that a journal has few of.
  var areStrange = false

  mutating func int(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
  mutating func maybe<T>(_ value: T) -> T? { Bool.random(using: &random) ? value : nil }
  mutating func node() -> NodeID { NodeID(int(1 << 31)) }

  mutating func number() -> Double {
    switch int(4) {
    case 0: Double(int(2))
    case 1: Double.random(in: 0...1, using: &random)
    case 2: Double(bitPattern: UInt64.random(in: 1..<0x7FF0_0000_0000_0000, using: &random))
    default: -Double(int(1_000_000)) / 1000 - 0.0001
    }
  }

  mutating func single() -> Float {
    int(3) == 0 ? Float(bitPattern: UInt32.random(in: 1..<0x7F80_0000, using: &random)) : -Float(number())
  }

  mutating func text() -> String {
    let parts = ["a", "\n", "\"", "\\", "/", "é", "語", "👩‍🚀", " ", "x = 3", "\t", "\r", "{", "]", ","]
    let all =
      parts + (areStrange ? ["\u{0}", "\u{8}", "\u{B}", "\u{1B}", "\u{7F}", "\u{85}", "\u{2028}", "\u{FEFF}"] : [])
    return (0..<int(8)).map { _ in all[int(all.count)] }.joined()
  }

  mutating func option() -> SearchOption {
    let tokens = (0..<int(5)).map { _ in Int32.random(in: .min ... .max, using: &random) }
    let broken: [UInt8] = [0xFF, 0x41, 0xC3]
    return SearchOption(
      tokens: tokens, bytes: int(4) == 0 ? broken : Array(text().utf8),
      logProbabilities: tokens.map { _ in single() }.filter(\.isFinite),
      termination: Termination.allCases[int(Termination.allCases.count)], thinking: maybe(text()))
  }

  mutating func rollout() -> Rollout {
    var rollout = Rollout(
      text: text(), score: maybe(number()), lines: maybe([option(), option()]), ormScore: maybe(number()),
      note: maybe(text()), thinking: maybe(text()))
    (rollout.answer, rollout.cause) = (maybe(text()), maybe(int(9)))
    return rollout
  }

  /// Of kinds that a journal has few of.
  mutating func rareEvent() -> SearchEvent {
    let events: [SearchEvent] = [
      .failed(request: int(9), message: text(), reason: maybe(.refused)),
      .ignored(request: int(9), reason: .branchGone),
      .inserted(node: node(), cause: int(9), terminal: maybe(.answer), answer: maybe(text())),
      .intervened(.insert(node: node(), option: option())), .undone(intervention: int(9)), .redone(intervention: 0),
      .intervened(.override(node: node(), critic: text(), score: maybe(number()))), .stopped(reason: .simulations),
      .intervened(.split(node: node(), first: option(), second: option())), .widthFrozen(node: node(), spent: int(9)),
      .grafted(
        node: node(), source: node(), rollout: int(9), line: 1, terminal: maybe(.filtered), answer: maybe(text())),
      .followed(node: node(), source: node(), rollout: int(9), line: int(300)),
      .asked(
        request: Request(id: int(9), node: node(), kind: .compare(option: option(), with: [node(), node()]), seed: 0)),
      .answered(request: int(9), answer: Answer(.similarities([number(), 0, 1]))),
    ]
    return events[int(events.count)]
  }

  mutating func importedNode() -> ImportedNode {
    let marks = ImportedNode.Mark.allCases.filter { _ in int(4) == 0 }
    return ImportedNode(
      option: option(), visits: maybe(int(99)), meanValue: maybe(number()), reward: maybe(number()),
      prior: maybe(number()), importance: maybe(number()),
      scores: int(2) == 0 ? [] : [CriticScore(critic: text(), score: maybe(number()), note: maybe(text()))],
      rollouts: int(4) == 0 ? [rollout()] : [], draws: maybe(int(9)), terminal: maybe(.answer), answer: maybe(text()),
      marks: marks, name: maybe(text()))
  }

  mutating func event() -> SearchEvent {
    if areStrange, int(4) == 0 { return rareEvent() }
    switch int(10) {
    case 0:
      return .selected(
        node: node(), widen: int(2) == 0, children: maybe(int(9)), silent: maybe(true), from: maybe(node()))
    case 1:
      let kinds: [Request.Kind] = [
        .score(critics: [text(), "prm"]), .propose(draws: 3, temperature: number(), toEnd: true, earlier: 0),
        .rollOut(count: 2, temperature: 0.8, lines: maybe(true)),
      ]
      let request = Request(
        id: int(1 << 40), node: node(), kind: kinds[int(3)], seed: UInt64.random(in: 0 ... .max, using: &random),
        cause: maybe(int(9)))
      return .asked(request: request)
    case 2:
      let contents: [Answer.Content] = [
        .scores([CriticScore(critic: text(), score: maybe(number()), note: maybe(text()))]),
        .options([option(), option()]), .rollouts([rollout()]), .scores([]),
      ]
      let usage = TokenUsage(policy: int(99), rollout: int(9), critic: int(1 << 50), reused: 0)
      return .answered(request: int(9), answer: Answer(contents[int(4)], usage: usage))
    case 3:
      return .added(
        node: node(), parent: node(), request: int(99), draw: -int(5), spent: 1, distance: maybe(int(99)),
        terminal: maybe(.depthCap), answer: maybe(text()))
    case 4: return .rejected(request: int(99), draw: int(9), distance: 3)
    case 5: return .merged(node: node(), request: int(99), draw: int(9), distance: maybe(3))
    case 6: return .evaluated(node: node(), reward: number())
    case 7: return .imported(node: node(), parent: node(), facts: importedNode())
    default: return .backedUp(node: node(), reward: number())
    }
  }
}
