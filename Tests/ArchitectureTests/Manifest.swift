import Testing

/// What the package's manifest says of its targets, read from its text.
struct Manifest {
  /// What each target depends on, in the manifest's order: targets and products by name.
  let dependencies: [String: [String]]

  init(_ text: String) throws {
    let start = /\.(?:target|executableTarget|testTarget)\(\s*name: "(\w+)"/
    var found: [String: [String]] = [:]
    let matches = text.matches(of: start)
    for (index, match) in matches.enumerated() {
      let end = index + 1 < matches.count ? matches[index + 1].range.lowerBound : text.endIndex
      let target = text[match.range.upperBound..<end]
      found[String(match.1)] = try Self.names(in: target)
    }
    dependencies = found
  }

  /// The names in `dependencies: […]`; none where a target has no such list.
  private static func names(in target: Substring) throws -> [String] {
    guard let list = target.firstRange(of: "dependencies: [") else { return [] }
    var depth = 1
    let inside = target[list.upperBound...].prefix { character in
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      return depth > 0
    }
    try #require(depth == 0, "a list of dependencies without its end")
    return inside.replacing(/package: "[^"]*"/, with: "").matches(of: /"([^"]+)"/).map { String($0.1) }
  }
}
