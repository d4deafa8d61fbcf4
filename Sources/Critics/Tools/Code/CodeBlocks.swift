import Foundation

/// The fenced programs of a text: what a model writes between ```` ```python ```` and ```` ``` ````.
struct CodeBlocks {
  /// Finished blocks of Python, in order.
  private(set) var programs: [String] = []
  /// What the text claims that the last program prints: the block of output behind it, nil where there is none.
  private(set) var statedOutput: String?
  /// A finished block of JSON, the last one.
  private(set) var json: String?

  /// Complexity: O(length).
  init(_ text: String) {
    var language: Substring?
    var lines: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("```") else {
        if language != nil { lines.append(line) }
        continue
      }
      if let open = language {
        close(open, lines.joined(separator: "\n"))
        (language, lines) = (nil, [])
      } else {
        language = line.dropFirst(3)
      }
    }
  }

  private mutating func close(_ language: Substring, _ body: String) {
    switch language.lowercased().trimmingCharacters(in: .whitespaces) {
    case "python", "py", "python3":
      programs.append(body)
      statedOutput = nil
    case "output": if !programs.isEmpty { statedOutput = body }
    case "json": json = body
    default: break
    }
  }
}

/// A Python program for the sandbox, put together from hostile texts: each travels as base64, so that none ends early.
enum SandboxProgram {
  /// A Python expression that is `text`.
  static func literal(_ text: String) -> String {
    "__import__('base64').b64decode('\(Data(text.utf8).base64EncodedString())').decode('utf-8', 'replace')"
  }

  /// Makes the system's Python packages (sympy, where installed) importable.
  static let packages = "__import__('sys').path.append('/usr/lib/python3/dist-packages')\n"
}
