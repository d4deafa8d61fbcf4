/// Levenshtein distance between two texts as bytes: the similarity measure of AlphaLLM's state merge.
package enum EditDistance {
  /// Insertions, deletions and replacements that turn `a` into `b`, counted up to `limit`.
  ///
  /// A distance of at least `limit` is returned as `limit`. Complexity: O(length × limit) after equal ends are dropped.
  package static func between(_ a: [UInt8], _ b: [UInt8], limit: Int = .max) -> Int {
    var low = 0
    var aEnd = a.count
    var bEnd = b.count
    while low < min(aEnd, bEnd), a[low] == b[low] { low += 1 }
    while aEnd > low, bEnd > low, a[aEnd - 1] == b[bEnd - 1] {
      aEnd -= 1
      bEnd -= 1
    }
    let (m, n) = (aEnd - low, bEnd - low)
    if abs(m - n) >= limit { return limit }
    if m == 0 || n == 0 { return min(limit, max(m, n)) }
    var row = Array(0...n)
    for i in 1...m {
      var diagonal = row[0]
      row[0] = i
      var least = i
      for j in 1...n {
        let above = row[j]
        row[j] = min(above + 1, row[j - 1] + 1, diagonal + (a[low + i - 1] == b[low + j - 1] ? 0 : 1))
        diagonal = above
        least = min(least, row[j])
      }
      if least >= limit { return limit }
    }
    return min(limit, row[n])
  }
}

/// Jaccard similarity of two texts' words.
enum WordOverlap {
  /// Common words over all words, in [0, 1]; 1 for two texts without words. Case counts for nothing.
  static func between(_ a: [UInt8], _ b: [UInt8]) -> Double {
    let (a, b) = (words(a), words(b))
    let all = a.union(b).count
    return all == 0 ? 1 : Double(a.intersection(b).count) / Double(all)
  }

  private static func words(_ bytes: [UInt8]) -> Set<Substring> {
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    return Set(text.split { !$0.isLetter && !$0.isNumber })
  }
}

/// The equations `a op b … = c` that a text states, compared without spaces and thousands separators.
enum EquationSet {
  /// True where both texts state the same equations and at least one.
  static func areSame(_ a: [UInt8], _ b: [UInt8], commuted: Bool = false) -> Bool {
    func read(_ bytes: [UInt8]) -> Set<String> {
      let found = equations(in: bytes)
      return commuted ? Set(found.map(sorted)) : found
    }
    let found = read(a)
    return !found.isEmpty && found == read(b)
  }

  /// An equation with its summands in order, and the factors of each: what commutes stands in one place. Signs, divisors and what
  /// brackets hold stay where they are.
  static func sorted(_ equation: String) -> String {
    equation.split(separator: "=", omittingEmptySubsequences: false).map { side in
      parts(of: side, separators: "+-").map { term in
        let factors = parts(of: term.text, separators: "*/")
        let ordered =
          factors.filter { $0.sign != "/" }.map(\.text).sorted()
          + factors.filter { $0.sign == "/" }.map { "/\($0.text)" }.sorted()
        return (term.sign == "-" ? "-" : "+") + ordered.joined(separator: "*")
      }.sorted().joined()
    }.joined(separator: "=")
  }

  /// The parts of an expression between signs that stand outside of brackets, each with the sign before it.
  private static func parts(of text: Substring, separators: String) -> [(sign: Character?, text: Substring)] {
    var parts: [(sign: Character?, text: Substring)] = []
    var (depth, start, sign) = (0, text.startIndex, Character?.none)
    for index in text.indices {
      switch text[index] {
      case "(": depth += 1
      case ")": depth -= 1
      case let character where depth == 0 && separators.contains(character) && index > start:
        parts.append((sign, text[start..<index]))
        (start, sign) = (text.index(after: index), character)
      default: break
      }
    }
    return parts + [(sign, text[start...])]
  }

  /// Every run of numbers, operators and equals signs that holds an operator and an equals sign.
  static func equations(in bytes: [UInt8]) -> Set<String> {
    var found: Set<String> = []
    var run: [UInt8] = []
    func close() {
      while let last = run.last, !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= last), last != UInt8(ascii: ")") {
        run.removeLast()
      }
      let text = run.drop { !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0) && $0 != UInt8(ascii: "(") }
      if text.contains(UInt8(ascii: "=")), text.contains(where: { "+-*/".utf8.contains($0) }) {
        found.insert(String(decoding: text, as: UTF8.self))
      }
      run = []
    }
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "("), UInt8(ascii: ")"):
        run.append(byte)
      case UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: "$"): continue
      default: close()
      }
    }
    close()
    return found
  }
}
