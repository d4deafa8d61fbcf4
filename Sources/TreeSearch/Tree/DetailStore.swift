import Vocabulary

/// Texts and scores of all nodes, packed: fixed rows and shared pools for what every node has, a dictionary for what few
/// have. A node costs 32 bytes, 8 a critic, and its text.
struct DetailStore: Sendable, Equatable {
  private var rows: ContiguousArray<Row> = []
  private var bytes: [UInt8] = []
  private var tokens: [Int32] = []
  private var logProbabilities: [Float] = []
  /// `critics.count` numbers a node: a score, ``absent`` or ``abstained``.
  private var scores: ContiguousArray<Double> = []
  private let critics: [String]
  /// What few nodes have.
  var extras: [Int32: Extra] = [:]

  /// Whether a node has what few nodes have: asked of every node on a path, and so without taking it out, which counts references.
  @inline(__always)
  func hasExtra(at offset: Int) -> Bool { !extras.isEmpty && extras.keys.contains(Int32(offset)) }

  private static let absent = -2.0
  private static let abstained = -1.0

  /// What every node has. The ends are those of its stretch of a pool, which begins where its predecessor's ends.
  struct Row: Sendable, Equatable {
    var bytesEnd = 0
    var tokensEnd: Int32 = 0
    var logProbabilitiesEnd: Int32 = 0
    var draws: Int32 = 0
    /// −1 where there was no sibling.
    var distance: Int32 = -1
    var termination: Termination?
    /// Answers still awaited before the reward can be fixed.
    var awaited: UInt8 = 0
    var isAskedForRollouts = false
  }

  /// What few nodes have.
  struct Extra: Sendable, Equatable {
    var overrides: [String: Double] = [:]
    var rollouts: [Rollout] = []
    var rejected: [RejectedDraw] = []
    var members: [GroupMember] = []
    var notes: [String: String] = [:]
    /// Scores of critics that the header does not name.
    var foreign: [CriticScore] = []
    var answer: String?
    var thinking: String?
    var cause: Int?
    /// Draws in a row that joined a group below the node, since the last new child.
    var dryDraws = 0
    /// What an imported file calls the node, and its prior.
    var name: String?
    var prior: Double?

    /// The option was made anew by intervention `cause`: draws that were like the old one are none of this one's, and what was
    /// said of it in words neither.
    mutating func remake(cause: Int) {
      (members, notes) = ([], [:])
      self.cause = cause
    }

    mutating func imported(_ facts: ImportedNode) {
      (answer, name, prior, rollouts) = (facts.answer, facts.name, facts.prior, facts.rollouts)
    }

    mutating func state(_ answer: String?, cause: Int?) { (self.answer, self.cause) = (answer, cause) }
  }

  init(critics: [String]) {
    self.critics = critics
    rows.append(Row())
    scores.append(contentsOf: repeatElement(Self.absent, count: critics.count))
  }

  /// Nodes that have a row.
  var count: Int { rows.count }

  /// The row of a node.
  @inline(__always)
  subscript(row offset: Int) -> Row {
    get { rows[offset] }
    _modify { yield &rows[offset] }
  }

  /// Makes room for so many more nodes, their texts left out.
  mutating func reserve(_ more: Int) {
    rows.reserveCapacity(rows.count + more)
    scores.reserveCapacity(scores.count + more * critics.count)
  }

  /// Adds the next node, whose option is number `at` of `options`: to take it out would count references to its lists.
  /// What `row` says of the option is filled in.
  @inline(__always)
  mutating func append(_ options: [SearchOption], _ at: Int, _ row: consuming Row) {
    bytes.append(contentsOf: options[at].bytes)
    if !options[at].tokens.isEmpty { tokens.append(contentsOf: options[at].tokens) }
    if !options[at].logProbabilities.isEmpty { logProbabilities.append(contentsOf: options[at].logProbabilities) }
    row.bytesEnd = bytes.count
    row.tokensEnd = Int32(clamping: tokens.count)
    row.logProbabilitiesEnd = Int32(clamping: logProbabilities.count)
    row.termination = options[at].termination
    if options[at].thinking != nil { extras[Int32(rows.count), default: Extra()].thinking = options[at].thinking }
    rows.append(row)
    for _ in critics.indices { scores.append(Self.absent) }
  }

  /// Says of the node at `copy` what is said of the one at `source`, its option apart; no answer is awaited for it.
  mutating func copy(from source: Int, to copy: Int, thinking: String?) {
    rows[copy].draws = rows[source].draws
    rows[copy].distance = rows[source].distance
    rows[copy].isAskedForRollouts = rows[source].isAskedForRollouts
    for critic in critics.indices {
      scores[copy * critics.count + critic] = scores[source * critics.count + critic]
    }
    guard var extra = extras[Int32(source)] else { return }
    extra.thinking = thinking
    extras[Int32(copy)] = extra
  }

  /// The option on the edge to a node; nil for the root. Complexity: O(its length).
  func option(at offset: Int) -> SearchOption? {
    guard let termination = rows[offset].termination, offset > 0 else { return nil }
    let (before, row) = (rows[offset - 1], rows[offset])
    return SearchOption(
      tokens: Array(tokens[Int(before.tokensEnd)..<Int(row.tokensEnd)]), bytes: Array(self.bytes(at: offset)),
      logProbabilities: Array(
        logProbabilities[Int(before.logProbabilitiesEnd)..<Int(row.logProbabilitiesEnd)]),
      termination: termination, thinking: extras[Int32(offset)]?.thinking)
  }

  /// The bytes of a node's option; none for the root. Complexity: O(1).
  func bytes(at offset: Int) -> ArraySlice<UInt8> {
    offset == 0 ? [] : bytes[rows[offset - 1].bytesEnd..<rows[offset].bytesEnd]
  }

  /// Mean log-probability of a token of a node's option; nil where none are known. Complexity: O(tokens).
  @inline(__always)
  func meanLogProbability(at offset: Int) -> Double? {
    let (start, end) = (Int(rows[offset - 1].logProbabilitiesEnd), Int(rows[offset].logProbabilitiesEnd))
    if start == end { return nil }
    return logProbabilities[start..<end].reduce(0) { $0 + Double($1) } / Double(end - start)
  }

  // MARK: - Scores

  /// Number `at` of what critics said of a node.
  @inline(__always)
  mutating func add(_ said: [CriticScore], _ at: Int, to offset: Int) {
    guard let critic = critics.firstIndex(of: said[at].critic) else {
      extras[Int32(offset), default: Extra()].foreign.append(said[at])
      return
    }
    scores[offset * critics.count + critic] = said[at].score ?? Self.abstained
    if said[at].note != nil { extras[Int32(offset), default: Extra()].notes[said[at].critic] = said[at].note }
  }

  mutating func forgetScores(at offset: Int) {
    for critic in critics.indices { scores[offset * critics.count + critic] = Self.absent }
    if hasExtra(at: offset) {
      extras[Int32(offset)]?.notes = [:]
      extras[Int32(offset)]?.foreign = []
      extras[Int32(offset)]?.rollouts = []
    }
  }

  /// The own score of the critic with number `critic` in the header; nil where it has none or abstained.
  @inline(__always)
  func score(_ critic: Int, at offset: Int) -> Double? {
    let score = scores[offset * critics.count + critic]
    return score >= 0 ? score : nil
  }

  private func critics(at offset: Int, _ extra: Extra?) -> [CriticScore] {
    critics.indices.compactMap { critic in
      let score = scores[offset * critics.count + critic]
      guard score != Self.absent else { return nil }
      return CriticScore(
        critic: critics[critic], score: score >= 0 ? score : nil, note: extra?.notes[critics[critic]])
    } + (extra?.foreign ?? [])
  }

  // MARK: - Whole details

  /// A node's detail but for its reward, which lies in ``Node``. Complexity: O(its size).
  func detail(at offset: Int) -> NodeDetail {
    let extra = extras[Int32(offset)]
    var detail = NodeDetail()
    detail.option = option(at: offset)
    detail.scores = critics(at: offset, extra)
    detail.draws = Int(rows[offset].draws)
    detail.distance = rows[offset].distance < 0 ? nil : Int(rows[offset].distance)
    if let extra {
      detail.overrides = extra.overrides
      detail.rollouts = extra.rollouts
      detail.rejected = extra.rejected
      detail.members = extra.members
      detail.answer = extra.answer
      detail.cause = extra.cause
      (detail.name, detail.prior) = (extra.name, extra.prior)
    }
    return detail
  }
}
