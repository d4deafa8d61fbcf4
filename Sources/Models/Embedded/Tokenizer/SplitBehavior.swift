/// What becomes of the matches where a text is split.
enum SplitBehavior: String, Sendable {
  case removed = "Removed"
  case isolated = "Isolated"
  case mergedWithPrevious = "MergedWithPrevious"
  case mergedWithNext = "MergedWithNext"
  case contiguous = "Contiguous"
  /// Matches are kept and what lies between them is removed (`invert` with `Removed`).
  case matchesOnly

  /// Reads `behavior` and `invert` of `json`.
  init(_ json: JSONObject) throws {
    let name = try json.string("behavior")
    guard let known = Self(rawValue: name), known != .matchesOnly else {
      throw json.error(
        "behavior", "expected Isolated, Removed, MergedWithPrevious, MergedWithNext or Contiguous, got \(name)")
    }
    self = known
    if try json.flag("invert", default: false) {
      switch known {
      case .removed: self = .matchesOnly
      case .isolated: break  // matches and what lies between them are cut apart either way
      default: throw json.error("invert", "expected false beside \(name)")
      }
    }
  }

  /// The pieces of `text`, cut where `pattern` matches. Complexity: O(length) and the pattern's own.
  func pieces(of text: String, _ pattern: TextPattern) -> [String] {
    let units = Array(text.utf16)
    let matches = pattern.matches(in: text, units)
    if matches.isEmpty, self != .matchesOnly { return [text] }
    var parts: [(range: Range<Int>, isMatch: Bool)] = []
    var at = 0
    for match in matches {
      if match.lowerBound > at { parts.append((at..<match.lowerBound, false)) }
      parts.append((match, true))
      at = match.upperBound
    }
    if at < units.count { parts.append((at..<units.count, false)) }
    return ranges(parts).map { String(decoding: units[$0], as: UTF16.self) }
  }

  private func ranges(_ parts: [(range: Range<Int>, isMatch: Bool)]) -> [Range<Int>] {
    switch self {
    case .isolated: return parts.map(\.range)
    case .removed: return parts.filter { !$0.isMatch }.map(\.range)
    case .matchesOnly: return parts.filter(\.isMatch).map(\.range)
    case .mergedWithPrevious, .mergedWithNext, .contiguous: break
    }
    var out: [Range<Int>] = []
    for (index, part) in parts.enumerated() {
      let previous = index > 0 ? parts[index - 1].isMatch : nil
      let joins =
        switch self {
        case .mergedWithPrevious: part.isMatch && previous == false
        case .mergedWithNext: !part.isMatch && previous == true
        default: previous == part.isMatch
        }
      if joins, let last = out.popLast() {
        out.append(last.lowerBound..<part.range.upperBound)
      } else {
        out.append(part.range)
      }
    }
    return out
  }
}
