import Foundation
import Vocabulary

/// Writes events one behind the other in ``PackedForm``: about a fifth of what they take as JSON.
package struct EventPacker {
  private var bytes = [UInt8](repeating: 0, count: PackedForm.header)
  /// Events written.
  private var count = 0
  private var (lastNode, lastRequest, lastNumber): (Int64, Int64, UInt64) = (0, 0, 0)
  private var words: [String: Int] = [:]
  private var lists: [[String]: Int] = [:]

  /// Events as one packet. `json` writes those of which a journal has few; another writer must write the very bytes of
  /// ``EventJSON``. Throws where a number in one is none that JSON can say. Complexity: O(their size).
  package static func packet(
    of events: ArraySlice<SearchEvent>,
    json: (SearchEvent) throws -> Data = { try EventJSON.encoder().encode($0) }
  ) throws -> [UInt8] {
    var packer = EventPacker()
    for event in events { try packer.append(event, json) }
    return packer.packet
  }

  /// The same of a whole list.
  package static func packet(of events: [SearchEvent]) throws -> [UInt8] { try packet(of: events[...]) }

  /// What was written, as one packet. Complexity: O(its length).
  private var packet: [UInt8] {
    var packet = bytes
    packet[0] = PackedForm.version
    withUnsafeBytes(of: UInt32(clamping: count).littleEndian) {
      packet.replaceSubrange(1..<PackedForm.header, with: $0)
    }
    return packet
  }

  /// Adds an event.
  private mutating func append(_ event: SearchEvent, _ json: (SearchEvent) throws -> Data) throws {
    if !appendCommon(event) {
      put(.json)
      put(bytes: try json(event))
    }
    count += 1
  }

  /// Adds an event of those that a journal has many of; false for others, of which nothing is written.
  private mutating func appendCommon(_ event: SearchEvent) -> Bool {
    switch event {
    case .selected(let id, let widen, let children, let silent, let from):
      var flags = PackedFlags()
      flags.add(widen)
      flags.add(children != nil)
      flags.add(optional: silent)
      flags.add(from != nil)
      put(.selected, flags)
      put(node: id)
      if let children { put(children) }
      if let from { put(node: from) }
    case .asked(let request): return put(request)
    case .answered(let request, let answer): return put(request, answer)
    case .added(let id, let parent, let request, let draw, let spent, let distance, let terminal, let answer):
      var flags = PackedFlags()
      flags.add(distance != nil)
      flags.add(terminal != nil)
      flags.add(answer != nil)
      put(.added, flags)
      put(node: id)
      put(node: parent)
      put(request: request)
      put(draw)
      put(spent)
      if let distance { put(distance) }
      if let terminal { put(word: terminal.rawValue) }
      if let answer { put(text: answer) }
    case .rejected(let request, let draw, let distance):
      put(.rejected)
      put(request: request)
      put(draw)
      put(distance)
    case .merged(let id, let request, let draw, let distance):
      var flags = PackedFlags()
      flags.add(distance != nil)
      put(.merged, flags)
      put(node: id)
      put(request: request)
      put(draw)
      if let distance { put(distance) }
    case .grafted(let id, let source, let rollout, let line, let terminal, let answer):
      var flags = PackedFlags()
      flags.add(terminal != nil)
      flags.add(answer != nil)
      put(.grafted, flags)
      put(node: id)
      put(node: source)
      put(rollout)
      put(line)
      if let terminal { put(word: terminal.rawValue) }
      if let answer { put(text: answer) }
    case .followed(let id, let source, let rollout, let line):
      put(.followed)
      put(node: id)
      put(node: source)
      put(rollout)
      put(line)
    case .widthFrozen(let id, let spent):
      put(.widthFrozen)
      put(node: id)
      put(spent)
    case .evaluated(let id, let reward):
      put(.evaluated)
      put(node: id)
      put(reward)
    case .backedUp(let id, let reward):
      put(.backedUp)
      put(node: id)
      put(reward)
    case .imported(let id, let parent, let facts): return put(id, parent, facts)
    case .failed, .ignored, .inserted, .intervened, .undone, .redone, .forecast, .picked, .stopped:
      return false
    }
    return true
  }

  // MARK: - Requests and answers

  private mutating func put(_ request: Request) -> Bool {
    func flags(_ content: PackedForm.Content, _ add: (inout PackedFlags) -> Void) -> PackedFlags {
      var flags = PackedFlags(content.rawValue, used: 2)
      flags.add(request.cause != nil)
      add(&flags)
      return flags
    }
    switch request.kind {
    case .propose(let draws, let temperature, let toEnd, let earlier):
      put(.asked, flags(.draws) { $0.add(toEnd) })
      put(draws)
      put(temperature)
      put(earlier)
    case .score(let critics):
      put(.asked, flags(.scores) { _ in })
      put(list: critics)
    case .rollOut(let count, let temperature, let lines):
      put(.asked, flags(.rollouts) { $0.add(optional: lines) })
      put(count)
      put(temperature)
    case .compare: return false
    }
    put(request: request.id)
    put(node: request.node)
    put(fixed: request.seed)
    if let cause = request.cause { put(cause) }
    return true
  }

  private mutating func put(_ request: RequestID, _ answer: Answer) -> Bool {
    func flags(_ content: PackedForm.Content) -> PackedFlags { PackedFlags(content.rawValue, used: 2) }
    switch answer.content {
    case .options(let options):
      put(.answered, flags(.draws))
      put(options.count)
      for option in options { put(option) }
    case .scores(let scores):
      put(.answered, flags(.scores))
      put(scores)
    case .rollouts(let rollouts):
      put(.answered, flags(.rollouts))
      put(rollouts)
    case .similarities: return false
    }
    put(request: request)
    for tokens in [answer.usage.policy, answer.usage.rollout, answer.usage.critic, answer.usage.reused] { put(tokens) }
    return true
  }

  mutating func put(_ scores: [CriticScore]) {
    put(scores.count)
    for score in scores {
      var flags = PackedFlags()
      flags.add(score.score != nil)
      flags.add(score.note != nil)
      put(flags)
      put(word: score.critic)
      if let number = score.score { put(number) }
      if let note = score.note { put(text: note) }
    }
  }

  mutating func put(_ rollouts: [Rollout]) {
    put(rollouts.count)
    for rollout in rollouts { put(rollout) }
  }

  mutating func put(_ option: SearchOption) {
    var flags = PackedFlags()
    flags.add(option.thinking != nil)
    flags.add(!option.tokens.isEmpty)
    flags.add(!option.logProbabilities.isEmpty)
    bytes.append(flags.bits)
    put(word: option.termination.rawValue)
    put(bytes: option.bytes)
    if let thinking = option.thinking { put(text: thinking) }
    if !option.tokens.isEmpty {
      put(option.tokens.count)
      for token in option.tokens { put(Int(token)) }
    }
    if !option.logProbabilities.isEmpty {
      put(option.logProbabilities.count)
      for number in option.logProbabilities { put(fixed: number.bitPattern) }
    }
  }

  private mutating func put(_ rollout: Rollout) {
    var flags = PackedFlags()
    flags.add(rollout.score != nil)
    flags.add(rollout.answer != nil)
    flags.add(rollout.cause != nil)
    flags.add(rollout.lines != nil)
    flags.add(rollout.ormScore != nil)
    flags.add(rollout.note != nil)
    flags.add(rollout.thinking != nil)
    bytes.append(flags.bits)
    put(text: rollout.text)
    if let score = rollout.score { put(score) }
    if let answer = rollout.answer { put(text: answer) }
    if let cause = rollout.cause { put(cause) }
    if let lines = rollout.lines {
      put(lines.count)
      for line in lines { put(line) }
    }
    if let score = rollout.ormScore { put(score) }
    if let note = rollout.note { put(text: note) }
    if let thinking = rollout.thinking { put(text: thinking) }
  }

  // MARK: - Parts

  mutating func put(_ flags: PackedFlags) { bytes.append(flags.bits) }

  mutating func put(_ kind: PackedForm.Kind, _ flags: PackedFlags? = nil) {
    bytes.append(kind.rawValue)
    if let flags { bytes.append(flags.bits) }
  }

  mutating func put(_ number: Int) { put(signed: Int64(number)) }

  private mutating func put(signed number: Int64) {
    var rest = UInt64(bitPattern: number << 1 ^ number >> 63)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func put(node: NodeID) {
    put(signed: Int64(node.index) - lastNode)
    lastNode = Int64(node.index)
  }

  private mutating func put(request: RequestID) {
    put(signed: Int64(request) &- lastRequest)
    lastRequest = Int64(request)
  }

  mutating func put(_ number: Double) {
    let isLast = number.bitPattern == lastNumber
    bytes.append(isLast ? 0 : 1)
    if isLast { return }
    put(fixed: number.bitPattern)
    lastNumber = number.bitPattern
  }

  private mutating func put(fixed bits: some FixedWidthInteger) {
    withUnsafeBytes(of: bits.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private mutating func put(bytes text: some Collection<UInt8>) {
    put(text.count)
    bytes.append(contentsOf: text)
  }

  mutating func put(text: String) { put(bytes: text.utf8) }

  /// A word of few: 0 and the word where it is new, else its place from 1.
  mutating func put(word: String) {
    if let place = words[word] { return put(place) }
    put(0)
    put(text: word)
    if words.count < PackedForm.mostWords { words[word] = words.count + 1 }
  }

  private mutating func put(list: [String]) {
    if let place = lists[list] { return put(place) }
    put(0)
    put(list.count)
    for word in list { put(word: word) }
    if lists.count < PackedForm.mostWords { lists[list] = lists.count + 1 }
  }
}
