import Canvas
import TreeInsight
import TreeSearch
import Vocabulary

/// Something that a tour says of its run, reckoned when its page is shown: `{answer}` in a page's text. A new one is a row of ``all``.
struct TourClaim: Sendable {
  /// What stands between the braces.
  let name: String
  /// What it says, given the run at the moment on the screen. Texts of models stand in it as they are.
  let words: @Sendable (OpenRun) -> String

  /// Every claim.
  static let all = [
    TourClaim(name: "problem") { $0.tree.header.problem.question },
    TourClaim(name: "reference") { $0.tree.header.problem.reference ?? "not known" },
    TourClaim(name: "answer") { $0.chosen?.answer ?? "nothing yet" },
    TourClaim(name: "verdict") { run in
      run.chosen.map { chosen in
        run.tree.isCorrect(chosen.answer).map { $0 ? "right" : "wrong" } ?? "right or wrong, nobody knows"
      } ?? "no answer yet"
    },
    TourClaim(name: "rule") { $0.tree.finalSelection.rawValue },
    TourClaim(name: "agreement") { run in
      let groups = SelectionGroup.all(in: run.tree)
      guard let own = groups.first(where: { $0.names.contains(run.tree.finalSelection.rawValue) }) else {
        return "none of the \(count(FinalSelection.allCases.count)) selections has an answer"
      }
      return "\(count(own.names.count)) of \(count(FinalSelection.allCases.count)) selections say \(own.answer)"
    },
    TourClaim(name: "selections") { run in
      let groups = SelectionGroup.all(in: run.tree).map { group in
        "\(list(group.names)) \(group.names.count == 1 ? "says" : "say") \(group.answer)"
      }
      return groups.isEmpty ? "no selection has an answer" : groups.joined(separator: "; ")
    },
    TourClaim(name: "first-wrong") { run in
      let step = run.bestPath.last.flatMap { FirstWrongStep(to: $0, in: run.tree, labels: run.labels) }
      return step?.sentence ?? "nothing speaks against a step of this path"
    },
    TourClaim(name: "simulations") { Number.things($0.tree.simulations, "simulation") },
    TourClaim(name: "nodes") { Number.things($0.tree.nodeCount, "node") },
  ]

  private static let numbers = ["none", "one", "two", "three", "four", "five", "six"]

  private static func count(_ count: Int) -> String {
    numbers.indices.contains(count) ? numbers[count] : Number.count(count)
  }

  /// `a`, `a and b`, `a, b and c`.
  private static func list(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.joined() }
    return "\(words.dropLast().joined(separator: ", ")) and \(last)"
  }

  /// A text with its claims, alternating: claims stand at odd places. A brace that holds no name is text.
  private static func pieces(of text: String) -> [Substring] {
    var pieces: [Substring] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      let name = rest[rest.index(after: open)...].prefix { $0 == "-" || $0.isASCII && $0.isLowercase }
      guard !name.isEmpty, name.endIndex < rest.endIndex, rest[name.endIndex] == "}" else {
        // Goes on behind the brace, which stays with what stands before it.
        let next = rest[rest.index(after: open)...]
        guard let other = next.firstIndex(of: "{") else { break }
        pieces.append(rest[..<other])
        pieces.append("")
        rest = next[other...]
        continue
      }
      pieces.append(rest[..<open])
      pieces.append(name)
      rest = rest[rest.index(after: name.endIndex)...]
    }
    return pieces + [rest]
  }

  /// A claim in `text` that there is not; nil where all are known.
  static func unknown(in text: String) -> String? {
    let names = pieces(of: text).enumerated().filter { $0.offset % 2 == 1 && !$0.element.isEmpty }
    return names.first { name in !all.contains { $0.name == name.element } }.map { String($0.element) }
  }

  /// `text` with what it claims of the run.
  static func filled(_ text: String, _ run: OpenRun) -> String {
    pieces(of: text).enumerated().map { index, piece in
      index % 2 == 0 ? String(piece) : all.first { $0.name == piece }?.words(run) ?? ""
    }.joined()
  }
}

/// When a page of a tour has something to say of its run.
enum TourCondition: String, CaseIterable, Sendable {
  /// What the run chooses is right, or wrong, by the reference.
  case right, wrong
  /// It chooses something, and nobody knows whether that is right.
  case unknown
  /// It chooses nothing yet.
  case unanswered
  /// All selections say the same, or not.
  case agreed, split

  /// Whether it holds at the moment on the screen.
  func holds(_ run: OpenRun) -> Bool {
    switch self {
    case .right, .wrong: run.chosen.flatMap { run.tree.isCorrect($0.answer) } == (self == .right)
    case .unknown: run.chosen.map { run.tree.isCorrect($0.answer) == nil } ?? false
    case .unanswered: run.chosen == nil
    case .agreed: SelectionGroup.all(in: run.tree).first?.names.count == FinalSelection.allCases.count
    case .split: SelectionGroup.all(in: run.tree).count > 1
    }
  }
}

/// Final selections that give one answer.
struct SelectionGroup: Hashable, Sendable {
  /// The answer as the first of them gives it.
  let answer: String
  /// The selections, in their own order.
  private(set) var names: [String]

  /// The groups in a tree, the largest first. Complexity: O(nodes).
  static func all(in tree: SearchTree) -> [SelectionGroup] {
    let finals = tree.finalAnswers()
    var groups: [SelectionGroup] = []
    for selection in FinalSelection.allCases {
      guard let answer = finals[selection]?.answer else { continue }
      if let at = groups.firstIndex(where: { tree.header.problem.agree($0.answer, answer) }) {
        groups[at].names.append(selection.rawValue)
      } else {
        groups.append(SelectionGroup(answer: answer, names: [selection.rawValue]))
      }
    }
    return groups.enumerated().sorted { a, b in
      a.element.names.count == b.element.names.count
        ? a.offset < b.offset : a.element.names.count > b.element.names.count
    }.map(\.element)
  }
}
