/// What a line of a file says beside what tree and labels say: what must be done to the line that they give to get the file's.
///
/// `{"=": value}` puts a value in place; `{"o": {key: patch}, "-": [keys]}` changes members of an object; `{"l": {place: patch},
/// "n": count, "+": [values]}` changes elements of a list, cuts it and adds to it. What was labelled anew since changes elsewhere
/// and stands.
enum ForeignPatch {
  /// What makes `target` of `base`; nil where they say the same. Complexity: O(bytes × depth).
  static func between(_ base: ForeignValue, _ target: ForeignValue) -> ForeignValue? {
    if base.canonical == target.canonical { return nil }
    switch (base, target) {
    case (.object(let old), .object(let new)):
      let changed = new.compactMap { member -> ForeignValue.Member? in
        guard let before = base[member.key] else { return .init(key: member.key, value: replacement(member.value)) }
        return between(before, member.value).map { .init(key: member.key, value: $0) }
      }
      let gone = old.filter { target[$0.key] == nil }.map { ForeignValue.text($0.key) }
      return .made(["o": .object(changed), "-": gone.isEmpty ? nil : .list(gone)])
    case (.list(let old), .list(let new)):
      let changed = zip(old, new).enumerated().compactMap { index, pair in
        between(pair.0, pair.1).map { ForeignValue.Member(key: String(index), value: $0) }
      }.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      return .made([
        "l": .object(changed), "n": new.count < old.count ? ForeignValue(new.count) : nil,
        "+": new.count > old.count ? .list(Array(new[old.count...])) : nil,
      ])
    default: return replacement(target)
    }
  }

  private static func replacement(_ value: ForeignValue) -> ForeignValue { .made(["=": value]) }

  /// `base` changed as `patch` says; where that does not fit, as it is.
  static func applied(_ patch: ForeignValue, to base: ForeignValue) -> ForeignValue {
    if let value = patch["="] { return value }
    if case .object(let members) = base, case .object(let changes)? = patch["o"] {
      let gone = Set((patch["-"]?.list ?? []).compactMap { $0.text.map { Array($0.utf8) } })
      let kept = members.filter { !gone.contains(Array($0.key.utf8)) }.map { member in
        ForeignValue.Member(
          key: member.key, value: patch["o"]?[member.key].map { applied($0, to: member.value) } ?? member.value)
      }
      let added = changes.filter { base[$0.key] == nil }.compactMap { change in
        change.value["="].map { ForeignValue.Member(key: change.key, value: $0) }
      }
      return .object((kept + added).sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
    }
    if case .list(let elements) = base, let changes = patch["l"] {
      let count = patch["n"]?.whole ?? elements.count
      let kept = elements.prefix(count).enumerated().map { index, element in
        changes[String(index)].map { applied($0, to: element) } ?? element
      }
      return .list(kept + (patch["+"]?.list ?? []))
    }
    return base
  }
}
