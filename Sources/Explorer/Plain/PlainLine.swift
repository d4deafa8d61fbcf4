import Canvas
import TreeInsight
import TreeSearch

/// A line that a person typed in the line mode.
public enum PlainLine: Equatable, Sendable {
  /// Ends the program.
  case quit
  /// Waits until the search rests.
  case wait
  /// Says something that is known already.
  case tell([String])
  /// Does what the state asks for, then says what has become of it.
  case act([Effect])
}

extension ExplorerState {
  /// Takes a line of the line mode: a command of the table by a word of its id, by its title or by its key, with what it asks
  /// for behind it; or, where a question is open, the answer.
  public mutating func read(line: String) -> PlainLine {
    let text = line.split(separator: " ").joined(separator: " ")
    if overlay != nil { return answer(line) }
    let word = String(text.prefix { $0 != " " })
    let rest = String(text.dropFirst(word.count).drop { $0 == " " })
    switch word.lowercased() {
    case "": return .tell(plainPlace)
    case "quit", "exit": return .quit
    case "wait": return .wait
    case "here", "where": return .tell(plainPlace)
    case "status": return .tell([plainStatus])
    case "children": return .tell(plainChildren)
    case "path": return .tell(plainPath)
    case "help": return .tell(PlainHelp.lines(rest, in: self))
    default: break
    }
    if let command = command(word) { return perform(command, with: rest) }
    if let command = command(text) { return perform(command, with: "") }
    return .tell([
      "No command is called '\(OptionText.line(text, glyphs: .ascii))'; help lists them, help WORD finds some."
    ])
  }

  /// A command of this screen by id, by title, by its word in the footer, by the last word of its id, or by one of its keys.
  private func command(_ name: String) -> Command? {
    let all = keys.commands(in: screenContexts)
    let wanted = name.lowercased() == "pause" ? "run" : name.lowercased()
    return all.first { $0.id.lowercased() == wanted || $0.title.lowercased() == wanted }
      ?? all.first { $0.hint == wanted } ?? all.first { $0.id.lowercased().hasSuffix("." + wanted) }
      ?? Key(name: name).flatMap { keys.command(for: $0, in: screenContexts) }
  }

  /// Puts the last message away; what it said.
  public mutating func dismissMessage() -> Message? {
    defer { message = nil }
    return message
  }

  private mutating func perform(_ command: Command, with argument: String) -> PlainLine {
    message = nil
    let effects = reduce { $0.perform(command) }
    guard let question = overlay?.question(in: self) else { return .act(effects) }
    return argument.isEmpty && !question.isEmpty ? .tell(question) : answer(argument)
  }

  /// Answers the question that a command asks, as far as it asks one; whatever can only be looked at is told and put away.
  private mutating func answer(_ text: String) -> PlainLine {
    message = nil
    guard var asked = overlay else { return .tell([]) }
    if asked.question(in: self).isEmpty { return putAway(asked.sentences(matching: text, in: self)) }
    if text == "cancel" { return putAway(["Cancelled."]) }
    guard asked.fill(text, in: self) else { return .tell(asked.question(in: self)) }
    overlay = asked
    let effects = reduce { $0.confirmOverlay() }
    // Still there: what was typed cannot be used. A list to be looked at, which is there again, is not asked for.
    if let question = overlay?.question(in: self), !question.isEmpty { return .tell(question) }
    overlay = nil
    return .act(effects)
  }

  private mutating func putAway(_ lines: [String]) -> PlainLine {
    overlay = nil
    return .tell(lines.map { OptionText.line($0, glyphs: .ascii) })
  }
}

/// The commands of the line mode.
enum PlainHelp {
  static let own = [
    "here: the selected node. children: its children. path: the steps to it. status: totals and the best answer.",
    "wait: until the search rests. quit: ends the program; everything done is saved.",
  ]

  /// What works here, with the word to type; only what holds every word of `query`.
  static func lines(_ query: String, in state: ExplorerState) -> [String] {
    let commands = CommandSearch.words(query, in: state).filter {
      !["app.palette", "app.help", "app.theme"].contains($0.id)
    }
    return (query.isEmpty ? own : [])
      + commands.map { command in
        let word = command.id.split(separator: ".").last ?? ""
        let reason = command.disabledReason(state).map { " Not now: \($0)." } ?? ""
        return "\(word): \(command.help)\(reason)"
      }
  }
}
