import Foundation
import TreeInsight
import TreeSearch
import Vocabulary

/// One line of a problem file.
struct ProblemLine {
  /// What is wrong with one field.
  struct Fault: Error {
    let field: String
    let expected: String
  }

  private static let known = ["id", "question", "answer", "source", "split", "tests", "pattern", "schema"]

  /// Reads the problem on one line of valid UTF-8. Throws ``Fault``. Complexity: O(bytes).
  static func read(_ bytes: ArraySlice<UInt8>, line: Int) throws -> LoadedProblem {
    let members: [JSONScanner.Member]
    do {
      members = try JSONScanner.members(of: bytes)
    } catch let problem as JSONScanner.Problem {
      throw Fault(field: "line", expected: "expected \(problem.expected) at byte \(problem.offset + 1)")
    }
    var fields: [String: JSONScanner.Member] = [:]
    for member in members {
      guard fields.updateValue(member, forKey: member.key) == nil else {
        throw Fault(field: member.key, expected: "expected each field once, found it twice")
      }
    }
    guard let question = try text("question", fields, numbers: false),
      question.contains(where: { !$0.isWhitespace })
    else { throw Fault(field: "question", expected: "expected a string that is not empty") }
    let id = try text("id", fields, numbers: true) ?? String(SHA256.hex(question.utf8).prefix(12))
    guard !id.isEmpty, id == id.printable else {
      throw Fault(field: "id", expected: "expected a string that is not empty and has no control characters")
    }
    let problem = Problem(
      id: id, question: question, answer: try text("answer", fields, numbers: true),
      source: try text("source", fields, numbers: false), split: try text("split", fields, numbers: false),
      tests: try texts("tests", fields), pattern: try text("pattern", fields, numbers: false),
      schema: try objectText("schema", fields))
    let rest = members.filter { !known.contains($0.key) }
    return LoadedProblem(problem: problem, extra: rest.isEmpty ? nil : try object(rest), line: line)
  }

  /// The text of an optional field; null counts as missing.
  private static func text(_ name: String, _ fields: [String: JSONScanner.Member], numbers: Bool) throws -> String? {
    guard let member = fields[name] else { return nil }
    switch member.kind {
    case .string: return member.text
    case .null: return nil
    case .number where numbers: return String(decoding: member.raw, as: UTF8.self)
    default:
      let wanted = numbers ? "a string or a number" : "a string"
      throw Fault(field: name, expected: "expected \(wanted), found \(member.kind.rawValue)")
    }
  }

  /// The texts of an optional list of strings.
  private static func texts(_ name: String, _ fields: [String: JSONScanner.Member]) throws -> [String]? {
    guard let member = fields[name], member.kind != .null else { return nil }
    guard member.kind == .list, let all = try? JSONDecoder().decode([String].self, from: Data(member.raw)) else {
      throw Fault(field: name, expected: "expected a list of strings")
    }
    return all.isEmpty ? nil : all
  }

  /// An optional object, as its text.
  private static func objectText(_ name: String, _ fields: [String: JSONScanner.Member]) throws -> String? {
    guard let member = fields[name], member.kind != .null else { return nil }
    guard member.kind == .object else {
      throw Fault(field: name, expected: "expected an object, found \(member.kind.rawValue)")
    }
    return String(decoding: member.raw, as: UTF8.self)
  }

  private static func object(_ members: [JSONScanner.Member]) throws -> String {
    let parts = try members.map { try name($0.key) + ":" + String(decoding: $0.raw, as: UTF8.self) }
    return "{" + parts.joined(separator: ",") + "}"
  }

  /// A key in quotes. An encoder for each would be a tenth of reading a file.
  private static func name(_ key: String) throws -> String {
    let isPlain = key.utf8.allSatisfy {
      (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
    return isPlain ? "\"\(key)\"" : try CanonicalJSON.text(key)
  }
}
