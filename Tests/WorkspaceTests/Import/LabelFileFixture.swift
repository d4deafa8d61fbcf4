import Foundation
import TreeSearch
import Vocabulary

@testable import Workspace

/// Lines in the forms of PRM800K and ProcessBench, made by chance: nobody's data.
struct LabelFileFixture {
  private var chance: SplitMix

  init(seed: UInt64) { chance = SplitMix(seed: seed) }

  private mutating func below(_ count: Int) -> Int { Int(chance.next() % UInt64(count)) }
  private mutating func one(in count: Int) -> Bool { below(count) == 0 }

  private static let words = [
    "the", "sum", "is", "$x^2$", "\\frac{1}{2}", "größer", "得到", "ответ", "🜂", "e\u{301}", "é", "\u{202E}abc",
    "\u{FFFD}",
    "\"quoted\"", "back\\slash", "tab\there", "line\nbreak", "\u{0}", "\u{1B}[31m", "# Answer\n\n7", "#### 7", "", " ",
    "مرحبا",
    "a/b", "\u{7F}", "\u{2028}",
  ]

  private mutating func text(_ most: Int = 12) -> String {
    (0..<below(most)).map { _ in Self.words[below(Self.words.count)] }.joined(separator: one(in: 5) ? "" : " ")
  }

  /// A value of no meaning that must come through.
  private mutating func any(_ depth: Int = 0) -> String {
    switch below(depth > 2 ? 5 : 7) {
    case 0: "null"
    case 1: ["true", "false"][below(2)]
    case 2: ["0", "-1", "1.50", "1e5", "-0.0", "123456789012345678901234567890", "0.1E-7"][below(7)]
    case 3, 4: Self.quoted(text())
    case 5: "[" + (0..<below(4)).map { _ in any(depth + 1) }.joined(separator: " , ") + "]"
    default:
      "{" + (0..<below(4)).map { "\(Self.quoted("k\($0)")): \(any(depth + 1))" }.joined(separator: ",") + "}"
    }
  }

  static func quoted(_ text: String) -> String { String(decoding: JSONEscape.quoted(text), as: UTF8.self) }

  /// An object of members in an order of chance.
  private mutating func object(_ members: [(String, String?)]) -> String {
    var left = members.compactMap { key, value in value.map { "\(Self.quoted(key)): \($0)" } }
    var shuffled: [String] = []
    while !left.isEmpty { shuffled.append(left.remove(at: below(left.count))) }
    return "{" + shuffled.joined(separator: one(in: 3) ? " ,\t" : ",") + "}"
  }

  private mutating func rating() -> String? {
    one(in: 12) ? nil : one(in: 8) ? "null" : ["-1", "0", "1"][below(3)]
  }

  private mutating func completion(_ known: [String], isOwn: Bool = false) -> (json: String, text: String) {
    let text = !known.isEmpty && one(in: 4) ? known[below(known.count)] : self.text()
    let flagged: String? = one(in: 8) ? nil : one(in: 8) ? "null" : one(in: 4) ? "true" : "false"
    let members: [(String, String?)] = [
      ("text", Self.quoted(text)), ("rating", isOwn && !one(in: 4) ? "null" : rating()), ("flagged", flagged),
      ("source", isOwn ? "\"human\"" : nil), ("corrected_rating", isOwn ? "null" : nil),
      ("x-more", one(in: 20) ? any() : nil),
    ]
    return (object(members), text)
  }

  private mutating func step() -> String {
    var texts: [String] = []
    var completions: [String] = []
    for _ in 0..<below(5) {
      let (json, text) = completion(texts)
      texts.append(text)
      completions.append(json)
    }
    var own: String? = "null"
    if one(in: 6) { own = completion(texts, isOwn: true).json }
    if one(in: 30) { own = Self.quoted(text()) }
    if one(in: 40) { own = nil }
    let chosen: String? =
      completions.isEmpty || one(in: 5) ? (one(in: 10) ? nil : "null") : String(below(completions.count))
    let listed = completions.isEmpty && one(in: 2) ? "null" : "[" + completions.joined(separator: ", ") + "]"
    return object([
      ("completions", listed), ("human_completion", own), ("chosen_completion", chosen),
      ("extra", one(in: 20) ? any() : nil),
    ])
  }

  /// A line of PRM800K about one of a few problems, by one of a few people.
  mutating func prm800k() -> String {
    let problem = below(40)
    let time = "2022-0\(1 + below(9))-17T16:56:51.\(100_000 + below(900_000))"
    let reason = ["\"found_error\"", "\"solution\"", "\"bad_problem\"", "\"give_up\"", "null", "\"so what\""][below(6)]
    let question = object([
      ("problem", Self.quoted("Problem \(problem) größer \u{1F600}: \(Self.words[problem % Self.words.count])?")),
      ("ground_truth_solution", one(in: 3) ? Self.quoted(text(40)) : "null"),
      ("ground_truth_answer", one(in: 10) ? nil : one(in: 10) ? "7" : Self.quoted("\(problem)")),
      (
        "pre_generated_steps",
        one(in: 2) ? "[\(Self.quoted(text())), \(Self.quoted(text()))]" : one(in: 2) ? "null" : nil
      ),
      ("pre_generated_answer", one(in: 2) ? Self.quoted("7") : "null"),
      ("pre_generated_verifier_score", one(in: 2) ? "0.90\(below(9))0" : "null"),
      ("unknown", one(in: 10) ? any() : nil),
    ])
    let steps = (0..<below(6)).map { _ in step() }.joined(separator: ",")
    let label = object([
      ("steps", "[\(steps)]"), ("total_time", one(in: 10) ? nil : String(below(500_000))), ("finish_reason", reason),
      ("more", one(in: 10) ? any() : nil),
    ])
    return object([
      ("labeler", Self.quoted("person-\(below(5))\(one(in: 9) ? " é" : "")")),
      ("timestamp", one(in: 10) ? nil : one(in: 10) ? any() : Self.quoted(time)),
      ("generation", one(in: 3) ? String(below(12)) : "null"),
      ("is_quality_control_question", ["true", "false"][below(2)]),
      ("is_initial_screening_question", one(in: 9) ? nil : ["true", "false", "null"][below(3)]),
      ("question", question), ("label", label), ("unknown", one(in: 10) ? any() : nil),
    ])
  }

  /// A line of ProcessBench.
  mutating func processBench(_ number: Int) -> String {
    let steps = (0..<below(7)).map { _ in Self.quoted(text()) }
    return object([
      ("id", one(in: 20) ? nil : one(in: 20) ? any() : Self.quoted(one(in: 9) ? "\u{1B}[2J" : "gsm8k-\(number / 2)")),
      ("generator", one(in: 20) ? nil : Self.quoted("model-\(below(3))")),
      ("problem", Self.quoted("What is \(below(50)) + 1? \(text())")),
      ("steps", "[" + steps.joined(separator: ",") + "]"),
      ("final_answer_correct", one(in: 10) ? "null" : one(in: 20) ? nil : ["true", "false"][below(2)]),
      ("label", one(in: 10) ? "null" : one(in: 20) ? nil : String(below(steps.count + 1) - 1)),
      ("unknown", one(in: 10) ? any() : nil),
    ])
  }
}
