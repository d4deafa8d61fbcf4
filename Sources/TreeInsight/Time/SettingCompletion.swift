import TreeSearch

extension FilterCompletion {
  /// Continuations of a fork's settings at `cursor`: names of parameters, then the values of the one that is named. `now` are the
  /// parameters in force.
  ///
  /// Complexity: O(length + parameters).
  public static func fork(_ text: String, cursor: Int, now: SearchParameters) -> FilterCompletion {
    let before = Array(text.prefix(max(0, cursor)))
    let start = (before.lastIndex(of: " ") ?? -1) + 1
    let word = String(before[start...])
    guard let sign = word.firstIndex(of: "=") else {
      return FilterCompletion(range: start..<before.count, items: names(word))
    }
    let (name, typed) = (String(word[..<sign]), String(word[word.index(after: sign)...]))
    let range = (before.count - typed.count)..<before.count
    if name == ForkSettings.presetName {
      return FilterCompletion(range: range, items: following(typed, presets))
    }
    return FilterCompletion(range: range, items: SearchParameters.named(name).map { values($0, typed, now) } ?? [])
  }

  /// Continuations of a parameter's value at `cursor`; where what is typed is one already, those that come after it, going round.
  ///
  /// Complexity: O(length + values).
  public static func value(
    of parameter: Parameter, _ text: String, cursor: Int, now: SearchParameters
  ) -> FilterCompletion {
    let typed = String(text.prefix(max(0, cursor)))
    return FilterCompletion(range: 0..<typed.count, items: values(parameter, typed, now))
  }

  /// Names that begin with what is typed, and then those that hold it anywhere: who knows the idea need not know the group.
  private static func names(_ typed: String) -> [Item] {
    let typed = typed.lowercased()
    let all =
      [
        Item(text: "\(ForkSettings.presetName)=", help: "a named set of parameters"),
        Item(text: "\(ForkSettings.seedName)=", help: "the seed of what follows"),
      ] + SearchParameters.declared.map { Item(text: "\($0.id)=", help: $0.help) }
    let first = all.filter { $0.text.lowercased().hasPrefix(typed) }
    return first + all.filter { !first.contains($0) && $0.text.lowercased().contains(typed) }
  }

  private static let presets = Preset.names.map { name in
    let settings = Preset(rawValue: name)?.words ?? ""
    return Item(text: name, help: settings.isEmpty ? "the defaults" : settings)
  }

  private static func values(_ parameter: Parameter, _ typed: String, _ now: SearchParameters) -> [Item] {
    let present = now.value(parameter.id) ?? parameter.fallback
    func help(_ value: ParameterValue) -> String {
      let words = [value == present ? "now" : "", value == parameter.fallback ? "the default" : ""]
      return words.filter { !$0.isEmpty }.joined(separator: ", ")
    }
    let known: [ParameterValue] =
      switch parameter.domain {
      case .word(let words): words.map { .word($0) }
      case .flag: [.flag(true), .flag(false)]
      case .integer, .number, .text, .calibration:
        present == parameter.fallback ? [present] : [present, parameter.fallback]
      }
    return following(typed, known.map { Item(text: $0.description, help: help($0)) })
  }

  /// Those that go on from what is typed; where that is one of them, the others, those behind it first.
  private static func following(_ typed: String, _ items: [Item]) -> [Item] {
    guard let at = items.firstIndex(where: { $0.text == typed }) else {
      return items.filter { $0.text.hasPrefix(typed) }
    }
    return Array(items[(at + 1)...] + items[..<at])
  }
}
