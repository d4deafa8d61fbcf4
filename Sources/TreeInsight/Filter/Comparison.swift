import TreeSearch

/// How a term compares a node's number with the one typed.
enum Comparison: String, CaseIterable, Hashable, Sendable {
  case less = "<"
  case atMost = "<="
  case equal = "="
  case unequal = "!="
  case atLeast = ">="
  case greater = ">"

  /// The comparison that a sign means; `==` is `=`.
  init?(_ sign: String) { self.init(rawValue: sign == "==" ? "=" : sign) }

  /// The signs, as an error message lists them.
  static var list: String { "<, <=, =, !=, >= or >" }

  func holds(_ a: Double, _ b: Double) -> Bool {
    switch self {
    case .less: a < b
    case .atMost: a <= b
    case .equal: a == b
    case .unequal: a != b
    case .atLeast: a >= b
    case .greater: a > b
    }
  }
}
