import TreeInsight
import TreeSearch

/// What a prompt asks for, and what becomes of the answer. A new one is a value.
struct Question: Sendable {
  /// Why an answer cannot be used, and from which column on, counted from 1.
  struct Refusal: Error {
    let problem: String
    var column: Int?
  }

  /// What is asked.
  let title: String
  /// What can be typed.
  let hint: String
  /// What can follow at the cursor, where a language is typed.
  var completion: (@Sendable (TextField, ExplorerState) -> FilterCompletion?)?
  /// True where ends of lines can be typed and pasted, as signs.
  var takesLines = false
  /// True where the nodes that match what is typed are counted.
  var countsMatches = false
  /// Follows what is typed.
  var changed: @Sendable (String, inout ExplorerState) -> [Effect] = { _, _ in [] }
  /// The prompt has left the screen unanswered.
  var close: @Sendable (inout ExplorerState) -> Void = { _ in }
  /// Uses the answer; the prompt has left the screen, and is there again where this throws.
  let answer: @Sendable (String, inout ExplorerState) throws(Refusal) -> [Effect]

  init(
    _ title: String, _ hint: String,
    _ answer: @escaping @Sendable (String, inout ExplorerState) throws(Refusal) -> [Effect]
  ) {
    self.title = title
    self.hint = hint
    self.answer = answer
  }

  private static func number(_ text: String, in range: ClosedRange<Int>, _ expected: String) throws(Refusal) -> Int {
    guard let number = Int(text), range.contains(number) else { throw Refusal(problem: "expected \(expected)") }
    return number
  }

  /// Children to add below a node.
  static func expand(_ node: NodeID) -> Question {
    Question("Children to add below node \(node)", "1 to 64") { text, _ throws(Refusal) in
      [.run(.intervene(.expand(node: node, count: try number(text, in: 1...64, "a number from 1 to 64"))))]
    }
  }

  /// What speaks against a step, which the policy writes anew.
  static func revise(_ node: NodeID) -> Question {
    Question("What speaks against node \(node)", "the policy writes another step; all: before it, the whole answer") {
      text, _ throws(Refusal) in
      let isWhole = text.hasPrefix("all: ")
      let objection = isWhole ? String(text.dropFirst(5)) : text
      guard objection.contains(where: { $0 != " " }) else { throw Refusal(problem: "expected what is wrong with it") }
      let revision = Revision(objection: objection, isWhole: isWhole ? true : nil)
      return [.run(.intervene(.revise(node: node, revision)))]
    }
  }

  /// Rollouts from a node.
  static func rollOut(_ node: NodeID) -> Question {
    Question("Fast rollouts from node \(node)", "1 to 64") { text, _ throws(Refusal) in
      [.run(.intervene(.rollOut(node: node, count: try number(text, in: 1...64, "a number from 1 to 64"))))]
    }
  }

  /// Simulations to do.
  static let runMore = Question("Simulations to run", "1 to 1000000") { text, _ throws(Refusal) in
    [.run(.runMore(try number(text, in: 1...1_000_000, "a number from 1 to 1000000")))]
  }

  /// Visits below which nodes are folded.
  static let foldVisits = Question("Fold below how many visits", "a number of visits; 0 folds by depth") {
    text, state throws(Refusal) in
    let least = try number(text, in: 0...1_000_000_000, "a number of visits, 0 or more")
    return state.withRun { $0.folds.open(fromVisits: least) }
  }

  /// The text of options of one's own below a node.
  static func insert(_ node: NodeID) -> Question {
    var question = Question(
      "Your option below node \(node)",
      "a line, or several with \(Prompt.lineEnd) (^o) between; every critic scores them"
    ) { text, _ throws(Refusal) in [.run(.insertLines(node: node, try lines(text)))] }
    question.takesLines = true
    return question
  }

  /// Another text for a step, which takes its place.
  static func edit(_ node: NodeID, below parent: NodeID) -> Question {
    var question = Question(
      "Node \(node) in other words, beside it; it is pruned", "a line, or several with \(Prompt.lineEnd) (^o) between"
    ) { text, _ throws(Refusal) in [.run(.insertLines(node: parent, try lines(text), replacing: node))] }
    question.takesLines = true
    return question
  }

  /// The lines of a text in which ends of lines are signs.
  private static func lines(_ text: String) throws(Refusal) -> [String] {
    let lines = text.split(separator: Prompt.lineEnd).map { line in
      String(line.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }.filter { !$0.isEmpty }
    guard !lines.isEmpty else { throw Refusal(problem: "an option needs some text") }
    return lines
  }

  /// Settings of a fork after so many events.
  static func fork(_ moment: Int) -> Question {
    var question = Question(
      "Fork at moment \(moment) with", "PARAMETER=VALUE ... preset=NAME seed=N, or nothing; Tab completes"
    ) { text, _ throws(Refusal) in
      do {
        return [.run(.fork(at: moment, try ForkSettings(text)))]
      } catch {
        throw Refusal(problem: "\(error)")
      }
    }
    question.completion = {
      .fork($0.text, cursor: $0.cursor, now: $1.run?.tree.parameters ?? SearchParameters())
    }
    return question
  }

  /// What is noted of a bookmarked node.
  static func bookmark(_ node: NodeID) -> Question {
    Question("Bookmark node \(node), with a note", "a few words, or nothing") { text, state in
      state.note(.bookmark(node, text))
    }
  }

  /// A filter of nodes.
  static let filter: Question = {
    var question = Question("Filter", "n>10 q<0.4 prm<0.3 pruned answer=25 \"text\" not or ( )") {
      text, state throws(Refusal) in
      if text.allSatisfy({ $0 == " " }) { return state.withRun { $0.filter = nil } }
      do throws(FilterError) {
        return state.setFilter(try NodeFilter(text))
      } catch {
        throw Refusal(problem: error.message, column: error.column)
      }
    }
    question.completion = { .filter($0.text, cursor: $0.cursor, critics: $1.run?.criticNames ?? []) }
    question.countsMatches = true
    question.changed = { text, state in state.countMatches(of: text) }
    return question
  }()

  /// A breakpoint; where it was asked for from their list, that is there again afterwards.
  static func breakpoint(from list: BreakpointsOverlay? = nil) -> Question {
    var question = Question(
      "Pause where", "merge, best changes, terminal, answer = 25, critics differ > 0.4, depth=2 n>10"
    ) { text, state throws(Refusal) in
      do throws(FilterError) {
        state.breakpoints.add(try Breakpoint(text))
      } catch {
        throw Refusal(problem: error.message, column: error.column)
      }
      if list != nil {
        state.overlay = BreakpointsOverlay(cursor: state.breakpoints.entries.count - 1)
      } else {
        let key = state.key("search.breakpoints")
        state.message = .notice("the search pauses where \(text); \(key) lists the breakpoints")
      }
      return [.run(.setBreakpoints(state.breakpoints.enabled))]
    }
    question.completion = { .breakpoint($0.text, cursor: $0.cursor, critics: $1.run?.criticNames ?? []) }
    if let list { question.close = { $0.overlay = list } }
    return question
  }

  /// Another value of an engine parameter; afterwards the list of settings is there again.
  static func setting(_ parameter: Parameter, in list: SettingsOverlay) -> Question {
    var question = Question("Set \(parameter.id) to", parameter.range) { text, state throws(Refusal) in
      guard let value = parameter.parse(text) else {
        throw Refusal(problem: "expected \(parameter.range), found '\(text)'", column: 1)
      }
      state.overlay = list
      return value == state.run?.tree.parameters.value(parameter.id)
        ? [] : [.run(.intervene(.set(parameter: parameter.id, value: value)))]
    }
    question.completion = {
      .value(of: parameter, $0.text, cursor: $0.cursor, now: $1.run?.tree.parameters ?? SearchParameters())
    }
    question.close = { $0.overlay = list }
    return question
  }

  /// What should stand in the place of a step.
  static func completion(ofStep step: Int) -> Question {
    Question("Your own step \(step + 1)", "what should stand there; nothing takes yours away") { text, state in
      state.say(.completion(step: step, text.contains { $0 != " " } ? text + "\n" : nil))
    }
  }

  /// A remark on a task.
  static let labelNote = Question("Note", "a few words on the whole") { text, state in state.say(.note(text)) }

  /// The folder of an export.
  static let export = Question(
    "Export the dataset to the folder", "a folder, which is made; an earlier export is replaced"
  ) {
    text, state throws(Refusal) in
    guard text.contains(where: { $0 != " " }) else { throw Refusal(problem: "expected a folder") }
    state.message = .notice("exporting to \(text)")
    return [.run(.export(text))]
  }

  /// Two sets of runs to compare.
  static let queue: Question = {
    var question = Question(
      "What changed from ... to ...", "model=NAME|seed=N|round=ID, twice, as in seed=1 seed=2; Tab completes"
    ) { text, state throws(Refusal) in
      let sides = text.split(separator: " ")
      guard sides.count == 2 else {
        throw Refusal(problem: "expected two selectors with a space between them, found \(sides.count)")
      }
      state.message = .notice("comparing \(sides[0]) with \(sides[1])")
      return [.run(.compareQueue(String(sides[0]), String(sides[1])))]
    }
    question.completion = { field, _ in .selectors(field.text, cursor: field.cursor) }
    return question
  }()

  /// What is looked for in the texts of all runs.
  static let texts: Question = {
    var question = Question("Find in the texts of all runs", "words, \"several as they stand\", or, not; Tab completes")
    {
      text, state throws(Refusal) in
      guard text.contains(where: { $0 != " " }) else { throw Refusal(problem: "expected what to look for") }
      state.message = .notice("reading the texts of all runs")
      return [.run(.findTexts(text))]
    }
    question.completion = { field, _ in
      .rows(field.text, cursor: field.cursor, fields: [], words: []) { _ in [] }
    }
    return question
  }()

  /// Which rows of a list are shown: followed while it is typed, and by Tab completed with what `rows` have.
  static func rows<Row: QueriedRow>(
    _ title: String, _ hint: String, of rows: @escaping @Sendable (ExplorerState) -> [Row],
    filter: @escaping @Sendable (String, inout ExplorerState) throws(FilterError) -> Void
  ) -> Question {
    var question = Question(title, hint) { text, state throws(Refusal) in
      do throws(FilterError) {
        try filter(text, &state)
      } catch {
        throw Refusal(problem: error.message, column: error.column)
      }
      return []
    }
    question.changed = { text, state in
      // What cannot be read yet changes nothing; Enter says why.
      try? filter(text, &state)
      return []
    }
    question.completion = { .query($0, of: rows($1)) }
    return question
  }

  /// Words that shown problems hold.
  static let problems = rows(
    "Problems that say", "words, not or ( ), agree<4, worth>.5, split=dev, by=ana; Tab completes",
    of: { $0.problems.entries }
  ) { text, state throws(FilterError) in try state.problems.filter(text, height: state.layout.listRows) }
}
