import TreeInsight
import TreeSearch

/// The engine's parameters with the values in force, group by group.
struct SettingList {
  /// A parameter and its value.
  struct Row {
    let parameter: Parameter
    let value: ParameterValue
    /// True where the value is not the default.
    var isChanged: Bool { value != parameter.fallback }
    /// The first word of the id.
    var group: Substring { parameter.id.prefix { $0 != "." } }
  }

  /// The rows, those of a group together, groups and rows in order of declaration.
  let rows: [Row]

  /// The parameters whose id, help or citation holds every word of `query`; `changed` finds those that differ.
  init(_ parameters: SearchParameters, matching query: String = "") {
    let words = query.lowercased().split(separator: " ")
    let found = parameters.all.map { Row(parameter: $0.parameter, value: $0.value) }.filter { row in
      let text = "\(row.parameter.id) \(row.parameter.help) \(row.parameter.citation)".lowercased()
      return words.allSatisfy { $0 == "changed" && row.isChanged || text.contains($0) }
    }
    var groups: [Substring] = []
    for row in found where !groups.contains(row.group) { groups.append(row.group) }
    rows = groups.flatMap { group in found.filter { $0.group == group } }
  }
}
