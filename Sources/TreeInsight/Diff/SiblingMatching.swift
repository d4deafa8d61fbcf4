import TreeSearch
import Vocabulary

/// How a step of one tree was found in the other: what was tried first stands first.
public enum StepLikeness: String, Codable, Sendable, CaseIterable {
  /// The same text, white space at its ends aside.
  case text
  /// The same statement in another spelling: `30 + 5 = 35` and `5+30 = 35` (``Vocabulary/StatedLine``).
  case line
  /// A draw that joined one of the two says what the other says.
  case group
  /// The same numbers and signs, and words of which at most a tenth has to be changed.
  case near
}

/// One step of a tree on its way to a partner.
struct DiffStep {
  let id: NodeID
  /// Its bytes without white space at their ends.
  let text: [UInt8]
  private let members: [[UInt8]]

  init(_ id: NodeID, in tree: SearchTree) {
    self.id = id
    let detail = tree.details[id.offset]
    text = Self.trimmed(detail.option?.bytes ?? [])
    members = detail.members.filter { $0.separatedBy == nil }.map { Self.trimmed($0.option.bytes) }
  }

  /// What it states; nil where that is nothing.
  var lines: [StatedLine]? { Self.lines(text) }

  /// True where draws joined it.
  var isGroup: Bool { !members.isEmpty }

  /// What it and the draws that joined it state.
  var allLines: Set<[StatedLine]> { Set(([text] + members).compactMap { Self.lines($0) }) }

  private static func lines(_ bytes: [UInt8]) -> [StatedLine]? {
    let lines = StatedLine.all(in: String(decoding: bytes, as: UTF8.self))
    return lines.isEmpty ? nil : lines
  }

  private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
    guard let end = bytes.lastIndex(where: { !isSpace($0) }) else { return [] }
    return Array(bytes[...end].drop(while: isSpace))
  }
}

/// Finds for the children of a node their like among those of the same node in another tree: each has one partner at most, and
/// which tree stands first makes no difference.
///
/// Complexity: O(children) look-ups for texts and lines. What is then left is compared each with each: of each side the 64 oldest,
/// texts of up to 4,000 bytes.
struct SiblingMatching {
  /// Pairs in the order of the first tree.
  private(set) var pairs: [TreeAlignment.Pair] = []
  /// Children without a partner.
  private(set) var left: [DiffStep], right: [DiffStep]

  private static let most = 64
  private static let longest = 4_000

  init(_ left: [DiffStep], _ right: [DiffStep]) {
    (self.left, self.right) = (left, right)
    pair(.text) { $0.text }
    pair(.line) { $0.lines }
    pairGroups()
    pairNear()
    pairs.sort { $0.a < $1.a }
  }

  /// Of several with one key, the first goes with the first.
  private mutating func pair<Key: Hashable>(_ likeness: StepLikeness, by key: (DiffStep) -> Key?) {
    guard !left.isEmpty, !right.isEmpty else { return }
    var waiting: [Key: [NodeID]] = [:]
    for step in right.reversed() { if let key = key(step) { waiting[key, default: []].append(step.id) } }
    take(
      left.compactMap { step in
        key(step).flatMap { waiting[$0]?.popLast() }.map { TreeAlignment.Pair(a: step.id, b: $0, by: likeness) }
      })
  }

  private mutating func pairGroups() {
    guard left.contains(where: \.isGroup) || right.contains(where: \.isGroup) else { return }
    let (ours, theirs) = (left.prefix(Self.most).map(\.allLines), right.prefix(Self.most).map(\.allLines))
    pairBest(.group) { ours[$0].isDisjoint(with: theirs[$1]) ? nil : 0 }
  }

  private mutating func pairNear() {
    guard !left.isEmpty, !right.isEmpty else { return }
    let (ours, theirs) = (left.prefix(Self.most), right.prefix(Self.most))
    let (signs, theirSigns) = (ours.map { Self.signs(of: $0.text) }, theirs.map { Self.signs(of: $0.text) })
    pairBest(.near) { i, j in
      let (a, b) = (ours[i].text, theirs[j].text)
      let length = max(a.count, b.count)
      guard length <= Self.longest, signs[i] == theirSigns[j] else { return nil }
      let distance = EditDistance.between(a, b, limit: length / 10 + 1)
      return distance <= length / 10 ? Double(distance) / Double(max(1, length)) : nil
    }
  }

  /// Pairs what is least far apart first, by the places in ``left`` and ``right``. Two pairs that want the same step never have one
  /// distance and one sum of places: the order of the trees decides nothing.
  private mutating func pairBest(_ likeness: StepLikeness, by distance: (Int, Int) -> Double?) {
    var wanted: [(distance: Double, i: Int, j: Int)] = []
    for i in 0..<min(Self.most, left.count) {
      for j in 0..<min(Self.most, right.count) {
        if let distance = distance(i, j) { wanted.append((distance, i, j)) }
      }
    }
    wanted.sort { ($0.distance, $0.i + $0.j) < ($1.distance, $1.i + $1.j) }
    var (taken, theirs): (Set<Int>, Set<Int>) = ([], [])
    var found: [TreeAlignment.Pair] = []
    for (_, i, j) in wanted where !taken.contains(i) && !theirs.contains(j) {
      taken.insert(i)
      theirs.insert(j)
      found.append(TreeAlignment.Pair(a: left[i].id, b: right[j].id, by: likeness))
    }
    take(found)
  }

  private mutating func take(_ found: [TreeAlignment.Pair]) {
    let (ours, theirs) = (Set(found.map(\.a)), Set(found.map(\.b)))
    left.removeAll { ours.contains($0.id) }
    right.removeAll { theirs.contains($0.id) }
    pairs += found
  }

  /// What no wording may change: all but letters, white space and punctuation. `30 + 5 = 35` and `30 + 5 = 36` are nine tenths
  /// alike and two steps.
  static func signs(of text: [UInt8]) -> String {
    let characters = Array(String(decoding: text, as: UTF8.self))
    return String(
      characters.indices.lazy.filter { at in
        let sign = characters[at]
        if sign == "." { return at + 1 < characters.count && characters[at + 1].isNumber }
        return !sign.isLetter && !sign.isWhitespace && !",;:!?'\"".contains(sign)
      }.map { at in
        // Two numbers side by side are not one.
        characters[at].isNumber && (at == 0 || !characters[at - 1].isNumber)
          ? " \(characters[at])" : "\(characters[at])"
      }.joined())
  }
}
