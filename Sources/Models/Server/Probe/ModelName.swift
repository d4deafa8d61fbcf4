/// Which of a server's models a user means.
enum ModelName {
  /// The name in the server's own spelling; nil where the server lists none and nobody said one. Case, Ollama's tag and the
  /// owner before a slash may be left out where one model is meant.
  ///
  /// - Throws: `ServerError` that lists the candidates.
  static func resolved(_ wanted: String?, among names: [String], _ endpoint: ServerEndpoint) throws -> String? {
    guard let wanted else {
      guard names.count <= 1 else {
        throw endpoint.error(
          .rejected,
          "expected the model's name after the URL, as in \(endpoint.shown)#\(names[0]); the server has \(list(names))")
      }
      return names.first
    }
    if names.isEmpty || names.contains(wanted) { return wanted }
    // Ollama's own rule: no tag means the latest.
    let asked = wanted.lowercased()
    let plain = asked.hasSuffix(":latest") ? String(asked.dropLast(7)) : asked
    for spelling in spellings {
      let fitting = names.filter { [asked, plain].contains(spelling($0)) }
      if fitting.count == 1 { return fitting[0] }
      if let latest = fitting.first(where: { $0.lowercased().hasSuffix(plain + ":latest") }) { return latest }
      if fitting.count > 1 {
        throw endpoint.error(
          .rejected, "expected one of the models that \(wanted) may mean: \(list(fitting))")
      }
    }
    // llama-server answers for whatever name it is called by.
    guard names.count == 1 else {
      throw endpoint.error(.rejected, "expected the model \(wanted), the server has \(list(names))")
    }
    return wanted
  }

  /// Spellings that count as the same, the strictest first.
  private static let spellings: [@Sendable (String) -> String] = [
    { $0.lowercased() },
    { untagged($0.lowercased()) },
    { unowned($0.lowercased()) },
    { untagged(unowned($0.lowercased())) },
  ]

  private static func untagged(_ name: String) -> String {
    guard let colon = name.lastIndex(of: ":"), !name[colon...].contains("/") else { return name }
    return String(name[..<colon])
  }

  private static func unowned(_ name: String) -> String { name.split(separator: "/").last.map(String.init) ?? name }

  private static func list(_ names: [String]) -> String {
    names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }
}
