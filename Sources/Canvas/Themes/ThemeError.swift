/// What is wrong with a theme; every problem is one line that starts with the file.
public struct ThemeError: Error, Hashable, CustomStringConvertible {
  /// One line each, `FILE:LINE: SCOPE: what was expected`; without the line number where a key is spelled unusually.
  public let problems: [String]

  /// The first problem, and how many more there are.
  public var description: String {
    let first = problems.first ?? "unknown theme error"
    return problems.count > 1 ? "\(first) (and \(problems.count - 1) more)" : first
  }
}
