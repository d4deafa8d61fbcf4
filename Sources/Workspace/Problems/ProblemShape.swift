/// Which field stands where in records that have the same names in the same order, as nearly all of a file have: found once, not
/// for every record. One for all of them, and not a copy each.
final class ProblemShape {
  /// A place of a record that a field's name may mean.
  struct Place {
    /// The name as it was looked for.
    let path: String
    /// The member that it begins with.
    let member: Int
    /// Steps inside that member; empty for the member itself.
    let steps: [String]
  }

  /// A field that holds one choice, with the choice's label.
  typealias Column = (label: String, member: Int)

  /// The members' names, in order.
  let keys: [String]
  /// Fields that hold one choice each, by the ways in which they may be named; at least two in each.
  let choiceColumns: [[Column]]
  private let names: ProblemFieldNames
  private let exact: [String: Int]
  private let plain: [String: Int]
  /// By the field's number, for it is asked of every record.
  private let places: [[Place]]

  /// Throws `ProblemRecord.Fault` where a field stands twice.
  init(_ keys: [String], names: ProblemFieldNames) throws {
    var exact: [String: Int] = [:]
    var plain: [String: Int] = [:]
    for (index, key) in keys.enumerated() {
      guard exact.updateValue(index, forKey: key) == nil else {
        throw ProblemRecord.Fault(field: key, expected: "expected each field once, found it twice")
      }
      let name = ProblemField.plain(key)
      if plain[name] == nil { plain[name] = index }
    }
    (self.keys, self.names, self.exact, self.plain) = (keys, names, exact, plain)
    choiceColumns = ProblemField.choiceNames.compactMap { columns in
      var found: [Column] = []
      for (label, name) in columns {
        guard let index = exact[name] ?? (name == label ? nil : plain[name]) else { break }
        found.append((label, index))
      }
      return found.count > 1 ? found : nil
    }
    places = ProblemField.allCases.map { field in
      names.names(of: field).compactMap { Self.place($0, exact: exact, plain: plain) }
    }
  }

  /// Where `field` may stand, in order.
  func places(of field: ProblemField) -> [Place] { places[field.rawValue] }

  /// Where `path` may stand; nil where its first name is none of the record's.
  func place(_ path: String) -> Place? { Self.place(path, exact: exact, plain: plain) }

  private static func place(_ path: String, exact: [String: Int], plain: [String: Int]) -> Place? {
    // Names of the table are in the form that is compared; those that a person typed may not be.
    func index(_ name: String) -> Int? { exact[name] ?? plain[ProblemField.plain(name)] }
    if let index = index(path) { return Place(path: path, member: index, steps: []) }
    guard path.utf8.contains(UInt8(ascii: ".")) else { return nil }
    let steps = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    return index(steps[0]).map { Place(path: path, member: $0, steps: Array(steps.dropFirst())) }
  }
}
