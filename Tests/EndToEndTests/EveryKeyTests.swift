import Testing

/// The keys that users and scripts rely on and that no other story presses, in a real terminal.
@Suite(.ownThread)
struct EveryKeyTests {
  private func opened(_ width: Int = 120) throws -> ExplorerSession {
    let session = try ExplorerSession(ExplorerSession.babble, width: width, height: 40)
    try session.open("--set width.root.minimum=3")
    try session.step(12)
    return session
  }

  /// Presses a key and waits until another node is selected.
  @discardableResult
  private func move(_ key: String, _ session: ExplorerSession) throws -> Int? {
    let before = try session.now().selected
    try session.terminal.press(key)
    return try session.wait("\(key) to move") { $0.selected != nil && $0.selected != before }.selected
  }

  private func home(_ session: ExplorerSession) throws {
    try session.terminal.press("g")
    try session.wait("the root") { $0.selected == 0 }
  }

  @Test func whatMoves() throws {
    let session = try opened()
    try home(session)
    for (away, back) in [("j", "k"), ("Down", "Up"), ("G", "g"), ("C-d", "C-u")] {
      try move(away, session)
      #expect(try move(back, session) == 0, "\(away) and \(back)")
    }
    let first = try move("l", session)
    try move("]", session)
    #expect(try move("[", session) == first)
    try session.terminal.press("m")
    try home(session)
    try session.terminal.press("'")
    try session.wait("the bookmark") { $0.selected == first }
    try session.terminal.press("h", "h")
    try session.wait("the parent") { $0.selected == 0 }
    try move("b", session)
    try session.terminal.press("p")
    try session.wait("the best path") { $0.text.contains("Best path") }
  }

  @Test func whatFoldsAndFinds() throws {
    let session = try opened()
    try session.terminal.press("g", "O")
    let all = try session.wait("everything open") { $0.text.contains("▾") }.rows.count
    try session.terminal.press("j", "o")
    try session.wait("a branch closed") { $0.rows.count < all && $0.text.contains("▸") }
    try session.terminal.press("Enter")
    try session.wait("the branch open") { $0.rows.count == all }
    try home(session)
    try session.terminal.press("/")
    try session.terminal.type("depth=2")
    try session.terminal.press("Enter")
    let first = try session.wait("the first match") { $0.selected != 0 && $0.text.contains("depth 2") }.selected
    try move("n", session)
    #expect(try move("N", session) == first)
  }

  @Test func whatActs() throws {
    let session = try opened()
    try session.terminal.press("r")
    try session.terminal.press("BSpace", "BSpace", "BSpace")
    try session.terminal.type("5")
    try session.terminal.press("Enter")
    try session.wait("five more simulations") { $0.simulations == 17 && $0.isQuiet }
    try home(session)
    try session.terminal.press("j", "x")
    try session.wait("the prune") { $0.text.contains("pruned; ") }
    try session.terminal.press("u")
    try session.wait("the prune undone") { $0.text.contains("undone: ") }
    try session.terminal.press("C-r")
    try session.wait("the prune again") { $0.text.contains("done again: ") }
    try session.terminal.press("u")
    try session.wait("the prune undone for good") { $0.text.contains("undone: ") }
    try session.terminal.press("f", "Enter")
    try session.wait("the rollout") { $0.text.contains("more from node ") && $0.isQuiet }
    try session.terminal.press("{")
    try session.wait("the past") { $0.text.contains("moment ") }
    try session.terminal.press("}")
    try session.wait("now") { $0.text.contains("now") }
  }

  @Test func whatOpensAndLabels() throws {
    let session = try opened()
    for key in ["w", "B", ":", "t", "?", "F", ",", "v", "c"] {
      try session.terminal.press("g", "j", key)
      try session.wait("what \(key) opens") { $0.text.contains("Escape ") }
      try session.terminal.press("Escape")
      try session.wait("\(key) closed") { $0.text.contains("q quit") && !$0.text.contains("Escape ") }
    }
    try session.terminal.press("g", "j", "+")
    try session.wait("a good step") { $0.rows.contains { $0.first == "+" } }
    // A label goes on to the next step.
    try session.terminal.press("g", "j", "-")
    try session.wait("a bad step") { $0.rows.contains { $0.first == "-" } }
    try session.terminal.press("g", "j", "0")
    try session.wait("no label") { $0.rows.allSatisfy { $0.first != "-" && $0.first != "+" } }
    try session.terminal.press("g", "j", "=", "]", "=")
    try session.wait("the comparison") { $0.text.contains("siblings below node 0") }
  }
}
