import Foundation

/// What the explorer's screen says.
struct ExplorerScreen {
  let text: String

  init(_ text: String) { self.text = text }

  private var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

  /// Simulations by the status line.
  var simulations: Int? { text.firstMatch(of: /sims (\d+)/).flatMap { Int($0.1) } }
  /// Nodes by the status line.
  var nodes: Int? { text.firstMatch(of: /nodes (\d+)/).flatMap { Int($0.1) } }
  /// `idle`, `running`, `paused` or `done`.
  var state: String? { text.firstMatch(of: /tokens \d+ +(idle|running|paused|done)/).map { String($0.1) } }
  /// The node that the node panel shows: the one under the cursor.
  var selected: Int? { text.firstMatch(of: /─ Node (\d+)/).flatMap { Int($0.1) } }
  /// True where no simulation is under way.
  var isQuiet: Bool { state.map { $0 != "running" } ?? false }

  /// The row of the tree whose text holds `words`.
  func row(_ words: String) -> Substring? {
    lines.dropFirst(2).prefix { !$0.hasPrefix("─ Node") }.first { $0.contains(words) }
  }

  /// Rows of the tree below the root, from top to bottom.
  var rows: [Substring] {
    lines.dropFirst(3).prefix { !$0.hasPrefix("─ Node") }.filter { $0.contains("├─") || $0.contains("╰─") }
  }

  /// N of a row: the number before its mean value.
  static func visits(_ row: Substring) -> Int? {
    row.firstMatch(of: /\s(\d+)\s+(?:\d\.\d\d|–)\s/).flatMap { Int($0.1) }
  }
}

/// The explorer in a terminal, on one problem and one workspace.
struct ExplorerSession {
  let scratch: Scratch
  let terminal: TerminalSession
  let workspace: String
  let problem: String

  /// A problem of the kind the embedded model knows, long enough for a tree.
  static let story = """
    {"id": "story-1", "question": "Ivy has 6 apples. Omar has 3 more apples than Ivy. Ivy buys 5 packs of 8 apples. \
    Omar loses 2 apples. Ivy loses 2 apples. How many apples do Ivy and Omar have together now?", "answer": "51"}
    """

  /// A question that the model makes nothing of: its options all differ, so the tree grows without end.
  static let babble = #"{"id": "babble-1", "question": "Zyx qwv 7 kjh, plm 3 tgb rfv; how ~ many ^ wsx?"}"#

  init(_ line: String = Self.story, width: Int = 80, height: Int = 24) throws {
    scratch = try Scratch()
    terminal = try TerminalSession(width: width, height: height)
    workspace = scratch.path("w.sqlite")
    problem = try scratch.file("problem.jsonl", line + "\n")
  }

  /// The command line that opens the explorer.
  func line(_ options: String = "") -> String {
    "\(Program.executable.path(percentEncoded: false)) explore \(problem) --workspace \(workspace) \(options)"
  }

  /// Opens the explorer and waits for its tree.
  @discardableResult
  func open(_ options: String = "") throws -> ExplorerScreen {
    try terminal.command("clear; " + line(options))
    return try wait("the explorer") { $0.isQuiet }
  }

  /// Presses `s` so many times in one burst and waits until all are done.
  @discardableResult
  func step(_ count: Int) throws -> ExplorerScreen {
    let before = try now().simulations ?? 0
    try terminal.press(Array(repeating: "s", count: count))
    return try wait("\(count) simulations after \(before)") { $0.simulations == before + count && $0.isQuiet }
  }

  /// The screen now.
  func now() throws -> ExplorerScreen { ExplorerScreen(try terminal.screen()) }

  @discardableResult
  func wait(_ what: String, _ condition: (ExplorerScreen) -> Bool) throws -> ExplorerScreen {
    ExplorerScreen(try terminal.wait(what) { condition(ExplorerScreen($0)) })
  }

  /// Quits and waits for the shell.
  func quit() throws {
    try terminal.press("q")
    try terminal.wait("the shell") { $0.contains("ready>") && !$0.contains("sims ") }
  }

  /// Runs the program on this workspace.
  func program(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(arguments + ["--workspace", workspace])
  }
}
