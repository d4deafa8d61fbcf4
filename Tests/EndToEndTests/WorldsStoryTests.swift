import Foundation
import Testing

/// What a person's act changed: at once, and after both worlds have been searched.
@Suite(.ownThread)
struct WorldsStoryTests {
  @Test func anActSaysWhatItChangedAndBothWorldsAreSearched() throws {
    let session = try ExplorerSession(ExplorerSession.babble, width: 120, height: 40)
    try session.open("--set width.root.minimum=3")
    let before = try session.step(8)
    try session.terminal.press("Y")
    try session.wait("why not") { $0.text.contains("you have changed nothing here yet") }
    try session.terminal.press("j", "x")
    try session.wait("what the prune changed") { $0.text.contains(/node \d+ pruned; .*u takes it back/) }
    try session.terminal.press("Y")
    try session.wait("both worlds") {
      $0.text.contains("With and without your act") && $0.text.contains("each has made 28 simulations")
        && $0.text.contains("with your act: ") && !$0.text.contains("so far, ")
    }
    try session.terminal.press("Y")
    try session.wait("both searched on") { $0.text.contains("each has made 48 simulations") }
    try session.terminal.press("Enter")
    try session.wait("the fork") {
      $0.text.contains("forked at ") && !$0.text.contains("With and without") && $0.simulations == 48 && $0.isQuiet
    }
    try session.quit()
    let runs = try session.program("run", "list", "--json").objects
    #expect(runs.count == 2 && runs.allSatisfy { $0["simulations"] as? Int == 48 }, "\(runs)")
    #expect(try session.program("run", "verify").code == 0)
    #expect(before.simulations == 8)
  }

  @Test func tabCompletesWhatAForkIsToDo() throws {
    let session = try ExplorerSession(ExplorerSession.babble, width: 100, height: 30)
    try session.open()
    try session.step(3)
    try session.terminal.press("F")
    try session.wait("the question") { $0.text.contains("Fork at moment") }
    try session.terminal.type("explorat")
    try session.wait("the candidate") { $0.text.contains("Tab: selection.exploration=") }
    try session.terminal.press("Tab")
    try session.terminal.type("0.25 pres")
    try session.terminal.press("Tab")
    try session.terminal.type("van")
    try session.terminal.press("Tab", "Enter")
    try session.wait("the fork") { $0.text.contains("forked at ") && $0.isQuiet }
    try session.terminal.press(",")
    try session.terminal.type("changed")
    try session.wait("what it does otherwise") {
      $0.text.contains("selection.exploration") && $0.text.contains("0.25") && $0.text.contains("selection.factorTwo")
    }
    try session.terminal.press("Escape")
    try session.quit()
  }

  @Test func theFilterKnowsWhatIsChosen() throws {
    let session = try ExplorerSession(width: 100, height: 30)
    try session.open()
    try session.step(12)
    try session.terminal.press("/")
    try session.terminal.type("chosen.rer")
    try session.wait("the candidate") { $0.text.contains("Tab: chosen.rerank") }
    try session.terminal.press("Tab", "Enter")
    try session.wait("the matches") { $0.text.contains(/\d+ nodes? match/) && $0.selected != 0 }
    try session.terminal.press("b", "n")
    try session.wait("a match again") { $0.selected != 0 && $0.isQuiet }
    try session.quit()
  }
}
