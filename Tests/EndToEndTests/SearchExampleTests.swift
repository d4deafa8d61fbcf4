import Foundation
import Testing

/// The example program of the library, as its tutorial shows it.
@Suite(.ownThread)
struct SearchExampleTests {
  @Test func itPrintsWhatTheTutorialSays() throws {
    let program = Program.executable.deletingLastPathComponent().appending(path: "SearchExample")
    let child = try Child(program.path(percentEncoded: false), [], environment: [:])
    #expect(child.wait() == 0)
    #expect(child.errors.isEmpty)
    let tutorial = try String(
      contentsOf: Program.repository.appending(path: "Sources/TreeSearch/TreeSearch.docc/YourOwnPolicy.md"),
      encoding: .utf8)
    #expect(tutorial.contains("```\n\(child.output)```"))
    // Every line of the path is true, each goes on from the one before, and the last number is the target.
    var now = 1
    let steps = child.output.split(separator: "\n").prefix { !$0.hasPrefix("#") }
    for step in steps {
      let words = step.split(separator: " ")
      #expect(words.count == 5 && Int(words[0]) == now, "\(step)")
      now = words[1] == "*" ? now * 2 : now + 3
      #expect(Int(words[4]) == now, "\(step)")
    }
    #expect(now == 25)
    #expect(child.output.hasSuffix("#### \(steps.count)\n\(steps.count) steps, found in 200 simulations\n"))
  }
}
