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
    if popup != nil { return answer(line) }
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
    let all = CommandTable.commands(in: screenContexts)
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
    guard popup != nil else { return .act(effects) }
    let question = question
    return argument.isEmpty && !question.isEmpty ? .tell(question) : answer(argument)
  }

  /// Answers the question that a command asks, as far as it asks one; whatever can only be looked at is told and put away.
  private mutating func answer(_ text: String) -> PlainLine {
    message = nil
    switch popup {
    case .prompt(var prompt):
      if text == "cancel" { return put(away: ["Cancelled."]) }
      prompt.field = TextField(text)
      popup = .prompt(prompt)
    case .commit(var form):
      if text == "cancel" { return put(away: ["Cancelled."]) }
      form[.note] = TextField(text)
      popup = .commit(form)
    case .override(var form):
      let words = text.split(separator: " ").map(String.init)
      guard words.count == 2, form.critics.contains(words[0]), let tree = run?.tree else {
        return text == "cancel" ? put(away: ["Cancelled."]) : .tell(question)
      }
      while form.critic != words[0] { form.choose(by: 1, in: tree) }
      form.field = TextField(words[1])
      popup = .override(form)
    case .menu(let menu):
      guard let letter = text.first, let choice = menu.choice(letter) else {
        return text == "cancel" ? put(away: ["Cancelled."]) : .tell(question)
      }
      return .act(reduce { $0.take(choice) })
    case .why(let why): return put(away: why.reasons.sentences)
    case .comparison(let comparison): return put(away: comparison.sentences)
    case .settings(let list):
      return put(
        away: settings(list).map { "\($0.parameter.id): \($0.value)\($0.isChanged ? ", not the default" : "")" })
    case .log:
      return put(
        away: log.entries(matching: text).prefix(20).map { entry in
          let place = [entry.time.map { "\($0)" }, entry.moment.map { "moment \($0)" }].compactMap { $0 }
          return (place.isEmpty ? "" : place.joined(separator: ", ") + ": ") + "\(entry.message.text)."
        })
    case .breakpoints:
      return put(away: breakpoints.entries.map { "\($0.breakpoint.source): \($0.isEnabled ? "on" : "off")" })
    case .help, .palette, .themes, nil: return put(away: PlainHelp.lines(text, in: self))
    }
    let effects = reduce { $0.confirmPopup() }
    // Still there: what was typed cannot be used.
    return popup == nil ? .act(effects) : .tell(question)
  }

  private mutating func put(away lines: [String]) -> PlainLine {
    popup = nil
    return .tell(lines.map { OptionText.line($0, glyphs: .ascii) })
  }

  /// What the open question asks.
  private var question: [String] {
    switch popup {
    case .prompt(let prompt):
      return [prompt.problem.map { "\($0)." } ?? "", "\(prompt.title): \(prompt.hint)? Or cancel."].filter {
        !$0.isEmpty
      }
    case .commit(let form):
      return ["Commits the trajectory to node \(form.node). Type a note, an empty line for none, or cancel."]
    case .override(let form):
      return [
        form.problem ?? "",
        "Type a critic and a score from 0 to 1, or cancel. Critics: \(form.critics.joined(separator: ", ")).",
      ]
      .filter { !$0.isEmpty }
    case .menu(let menu):
      return ["\(menu.title): type a letter, or cancel."]
        + menu.items.map { "\($0.letter): \(OptionText.line($0.title, glyphs: .ascii))" }
    default: return []
    }
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
