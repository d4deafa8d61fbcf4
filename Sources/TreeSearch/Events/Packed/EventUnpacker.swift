import Foundation
import Vocabulary

/// Bytes are not what ``EventPacker`` writes.
package struct PackedDamage: Error, CustomStringConvertible {
  /// What is wrong, in words.
  package let description: String

  static let cut = PackedDamage(description: "its packet is cut off")
}

/// Reads what ``EventPacker`` wrote, event by event. Whatever else the bytes are, the worst that comes is ``PackedDamage``.
package struct EventUnpacker {
  private let bytes: UnsafeRawBufferPointer
  private let json: (Data) throws -> SearchEvent
  private var at = 0
  private var (lastNode, lastRequest, lastNumber): (Int64, Int64, UInt64) = (0, 0, 0)
  private var words: [String] = []
  private var lists: [[String]] = []

  /// Events that a packet says it holds; nil where it is none, such as an event as JSON.
  package static func count(in packet: some Collection<UInt8>) -> Int? {
    guard packet.first == PackedForm.version, packet.count > PackedForm.header else { return nil }
    return packet.dropFirst().prefix(PackedForm.header - 1).reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// Calls `body` with every event of a packet, in order, as long as it returns true.
  ///
  /// `json` reads what stands there as JSON. Throws ``PackedDamage`` where the packet holds something else, less or more.
  /// Complexity: O(bytes).
  package static func forEach(
    in packet: some Collection<UInt8>, json: @escaping (Data) throws -> SearchEvent = Self.decoded,
    _ body: (SearchEvent) throws -> Bool
  ) throws {
    guard let count = count(in: packet) else {
      throw PackedDamage(description: "it is packed in a way that is not known")
    }
    let isDone: Void? = try packet.withContiguousStorageIfAvailable { bytes in
      var unpacker = EventUnpacker(UnsafeRawBufferPointer(bytes), json)
      for _ in 0..<count {
        let event = try unpacker.next()
        guard try body(event) else { return }
      }
      if unpacker.at < bytes.count { throw PackedDamage(description: "its packet holds more than it should") }
    }
    if isDone == nil { try forEach(in: Array(packet), json: json, body) }
  }

  /// An event as JSON, read by the general decoder.
  package static func decoded(_ json: Data) throws -> SearchEvent {
    try EventJSON.decoder().decode(SearchEvent.self, from: json)
  }

  /// A reader of the packet at `bytes`, which must outlive it.
  private init(_ bytes: UnsafeRawBufferPointer, _ json: @escaping (Data) throws -> SearchEvent) {
    (self.bytes, self.json) = (bytes, json)
    at = PackedForm.header
  }

  private mutating func next() throws -> SearchEvent {
    switch PackedForm.Kind(rawValue: try byte()) {
    case .json: return try json(Data(try span()))
    case .selected:
      var flags = PackedFlags(try byte())
      let (widen, hasChildren, silent, hasFrom) = (flags.take(), flags.take(), flags.takeOptional(), flags.take())
      let id = try node()
      let children = hasChildren ? try integer() : nil
      return .selected(node: id, widen: widen, children: children, silent: silent, from: hasFrom ? try node() : nil)
    case .asked: return .asked(request: try asked())
    case .answered: return try answered()
    case .added:
      var flags = PackedFlags(try byte())
      let (hasDistance, isTerminal, hasAnswer) = (flags.take(), flags.take(), flags.take())
      return .added(
        node: try node(), parent: try node(), request: try request(), draw: try integer(), spent: try integer(),
        distance: hasDistance ? try integer() : nil, terminal: isTerminal ? try word() : nil,
        answer: hasAnswer ? try text() : nil)
    case .rejected: return .rejected(request: try request(), draw: try integer(), distance: try integer())
    case .merged:
      var flags = PackedFlags(try byte())
      return .merged(
        node: try node(), request: try request(), draw: try integer(), distance: flags.take() ? try integer() : nil)
    case .grafted:
      var flags = PackedFlags(try byte())
      let (isTerminal, hasAnswer) = (flags.take(), flags.take())
      return .grafted(
        node: try node(), source: try node(), rollout: try integer(), line: try integer(),
        terminal: isTerminal ? try word() : nil, answer: hasAnswer ? try text() : nil)
    case .followed:
      return .followed(node: try node(), source: try node(), rollout: try integer(), line: try integer())
    case .widthFrozen: return .widthFrozen(node: try node(), spent: try integer())
    case .evaluated: return .evaluated(node: try node(), reward: try number())
    case .backedUp: return .backedUp(node: try node(), reward: try number())
    case .imported: return try imported()
    case nil: throw PackedDamage(description: "its packet holds an event of no kind that is known")
    }
  }

  // MARK: - Requests and answers

  private mutating func asked() throws -> Request {
    let bits = try byte()
    var flags = PackedFlags(bits, used: 2)
    let hasCause = flags.take()
    let kind: Request.Kind
    switch PackedForm.Content(rawValue: bits & PackedForm.Content.mask) {
    case .draws:
      let (draws, temperature, earlier) = (try integer(), try number(), try integer())
      kind = .propose(draws: draws, temperature: temperature, toEnd: flags.take(), earlier: earlier)
    case .scores: kind = .score(critics: try list())
    case .rollouts:
      kind = .rollOut(count: try integer(), temperature: try number(), lines: flags.takeOptional())
    case nil: throw PackedDamage(description: "its packet holds a request of no kind that is known")
    }
    return Request(
      id: try request(), node: try node(), kind: kind, seed: try fixed(), cause: hasCause ? try integer() : nil)
  }

  private mutating func answered() throws -> SearchEvent {
    let content: Answer.Content =
      switch PackedForm.Content(rawValue: try byte() & PackedForm.Content.mask) {
      case .draws: .options(try many { try $0.option() })
      case .scores: .scores(try many { try $0.score() })
      case .rollouts: .rollouts(try many { try $0.rollout() })
      case nil: throw PackedDamage(description: "its packet holds an answer of no kind that is known")
      }
    let id = try request()
    let usage = TokenUsage(policy: try integer(), rollout: try integer(), critic: try integer(), reused: try integer())
    return .answered(request: id, answer: Answer(content, usage: usage))
  }

  mutating func score() throws -> CriticScore {
    var flags = PackedFlags(try byte())
    let (hasScore, hasNote) = (flags.take(), flags.take())
    return CriticScore(
      critic: try plainWord(), score: hasScore ? try number() : nil, note: hasNote ? try text() : nil)
  }

  mutating func option() throws -> SearchOption {
    var flags = PackedFlags(try byte())
    let (hasThinking, hasTokens, hasLikelihoods) = (flags.take(), flags.take(), flags.take())
    let termination: Termination = try word()
    let text = Array(try span())
    let thinking = hasThinking ? try self.text() : nil
    let tokens = hasTokens ? try many { try $0.token() } : []
    let likelihoods = hasLikelihoods ? try many { Float(bitPattern: try $0.fixed()) } : []
    return SearchOption(
      tokens: tokens, bytes: text, logProbabilities: likelihoods, termination: termination, thinking: thinking)
  }

  mutating func rollout() throws -> Rollout {
    var flags = PackedFlags(try byte())
    let (hasScore, hasAnswer, hasCause, hasLines) = (flags.take(), flags.take(), flags.take(), flags.take())
    let (hasOwnScore, hasNote, hasThinking) = (flags.take(), flags.take(), flags.take())
    let text = try self.text()
    let score = hasScore ? try number() : nil
    let answer = hasAnswer ? try self.text() : nil
    let cause = hasCause ? try integer() : nil
    let lines = hasLines ? try many { try $0.option() } : nil
    return Rollout(
      text: text, score: score, answer: answer, cause: cause, lines: lines, ormScore: hasOwnScore ? try number() : nil,
      note: hasNote ? try self.text() : nil, thinking: hasThinking ? try self.text() : nil)
  }

  // MARK: - Parts

  mutating func byte() throws -> UInt8 {
    guard at < bytes.count else { throw PackedDamage.cut }
    defer { at += 1 }
    return bytes[at]
  }

  private mutating func signed() throws -> Int64 {
    var (number, shift): (UInt64, UInt64) = (0, 0)
    while true {
      let part = try byte()
      guard shift < 63 || part < 2 else {
        throw PackedDamage(description: "its packet holds a number that is too long")
      }
      number |= UInt64(part & 0x7F) << shift
      if part < 0x80 { break }
      shift += 7
    }
    return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
  }

  mutating func integer() throws -> Int { Int(try signed()) }

  private mutating func token() throws -> Int32 {
    guard let token = Int32(exactly: try signed()) else { throw PackedDamage(description: "a token's id is too great") }
    return token
  }

  mutating func node() throws -> NodeID {
    lastNode &+= try signed()
    guard let index = Int32(exactly: lastNode) else { throw PackedDamage(description: "a node's id is too great") }
    return NodeID(Int(index))
  }

  private mutating func request() throws -> RequestID {
    lastRequest &+= try signed()
    return Int(lastRequest)
  }

  mutating func number() throws -> Double {
    if try byte() != 0 { lastNumber = try fixed() }
    return Double(bitPattern: lastNumber)
  }

  private mutating func fixed<Bits: FixedWidthInteger>() throws -> Bits {
    let size = MemoryLayout<Bits>.size
    guard bytes.count - at >= size else { throw PackedDamage.cut }
    defer { at += size }
    return Bits(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: Bits.self))
  }

  /// How many follow, each of a byte at least.
  private mutating func length() throws -> Int {
    guard let length = Int(exactly: try signed()), 0...(bytes.count - at) ~= length else { throw PackedDamage.cut }
    return length
  }

  private mutating func span() throws -> UnsafeRawBufferPointer {
    let length = try length()
    defer { at += length }
    return UnsafeRawBufferPointer(rebasing: bytes[at..<at + length])
  }

  mutating func text() throws -> String {
    guard let text = String(validating: try span(), as: UTF8.self) else {
      throw PackedDamage(description: "a text in its packet is not UTF-8")
    }
    return text
  }

  mutating func many<Element>(
    _ element: (inout EventUnpacker) throws -> Element
  ) throws -> [Element] {
    let count = try length()
    var all: [Element] = []
    all.reserveCapacity(min(count, 64))  // more may be claimed than is there
    for _ in 0..<count { all.append(try element(&self)) }
    return all
  }

  private mutating func plainWord() throws -> String {
    let place = try integer()
    if place > 0 {
      guard place <= words.count else { throw PackedDamage(description: "a word in its packet stands nowhere") }
      return words[place - 1]
    }
    let word = try text()
    if words.count < PackedForm.mostWords { words.append(word) }
    return word
  }

  mutating func word<Word: RawRepresentable<String>>() throws -> Word {
    guard let word = Word(rawValue: try plainWord()) else {
      throw PackedDamage(description: "a word in its packet is none that is known")
    }
    return word
  }

  private mutating func list() throws -> [String] {
    let place = try integer()
    if place > 0 {
      guard place <= lists.count else { throw PackedDamage(description: "a list in its packet stands nowhere") }
      return lists[place - 1]
    }
    let list = try many { try $0.plainWord() }
    if lists.count < PackedForm.mostWords { lists.append(list) }
    return list
  }
}
