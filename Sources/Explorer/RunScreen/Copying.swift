import TreeInsight
import TreeSearch

extension OpenRun {
  /// What of the selected node and of the run can be copied. `program` is the command line without what the run's header
  /// says, `critics` what the program has.
  func copies(program: [String], critics: [String]) -> [Menu.Item] {
    let texts = [
      ("o", CopiedText(what: "the option", text: copiedOption)),
      ("t", CopiedText(what: "the trajectory", text: copiedTrajectory)),
      ("p", CopiedText(what: "the node's path", text: cursor == .root ? "0" : tree.childPath(to: cursor))),
      ("c", CopiedText(what: "the command line", text: commandLine(program, critics: critics))),
    ]
    return texts.map { letter, text in
      Menu.Item(letter: Character(letter), title: "\(text.what): \(text.text)") { _ in [.session(.copy(text))] }
    }
  }

  private var copiedOption: String {
    OptionText.block(tree.details[cursor.offset].option?.bytes ?? Array(tree.header.problem.prompt.utf8))
  }

  /// The question and the steps to the end of the trajectory through the selected node, a line each.
  private var copiedTrajectory: String {
    let steps = tree.trajectory(through: cursor).dropFirst()
      .map { OptionText.block(tree.details[$0.offset].option?.bytes ?? []) }
    return ([OptionText.block(tree.header.problem.prompt)] + steps).joined(separator: "\n")
  }

  /// The command line that makes this run again, up to what a person did in it: problem, seed, critics and every
  /// parameter that is not at its default.
  func commandLine(_ program: [String], critics known: [String]) -> String {
    let header = tree.header
    var words = program + ["--problem", header.problem.id, "--seed", "\(header.seed)"]
    let used = header.critics.map(\.name)
    let critics =
      header.critics.map { "\($0.name)=\(ParameterValue.number($0.weight))" }
      + known.filter { !used.contains($0) }.map { "\($0)=0" }
    if !critics.isEmpty { words += ["--critics", critics.joined(separator: ",")] }
    for (parameter, value) in header.parameters.all where value != parameter.fallback {
      words += ["--set", "\(parameter.id)=\(value)"]
    }
    return words.map { ShellWord.quoted(OptionText.block($0)) }.joined(separator: " ")
  }
}

/// A text on its way to the clipboard.
public struct CopiedText: Hashable, Sendable {
  /// What it is, for messages: `the option`.
  public let what: String
  /// The text, without anything that a terminal would obey.
  public let text: String
}

/// A word as a POSIX shell reads it back.
enum ShellWord {
  static func quoted(_ word: String) -> String {
    let isPlain = !word.isEmpty && word.utf8.allSatisfy(isPlain)
    return isPlain
      ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-_=,./:@%+".utf8.contains(byte)
    }
  }
}
