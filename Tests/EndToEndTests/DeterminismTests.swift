import Foundation
import Testing

/// The same seed gives the same tree in another process and another workspace.
@Suite(.ownThread)
struct DeterminismTests {
  /// Exports of the runs of three problems, searched by one process.
  private func exports(seed: Int) throws -> [String] {
    let scratch = try Scratch()
    let workspace = scratch.path("w.sqlite")
    let search = try Program.run([
      "search", Program.problems("hard"), "--first", "3", "--simulations", "30", "--seed", "\(seed)", "--json",
      "--workspace", workspace,
    ])
    try #require(search.code == 0, "\(search.errors)")
    return try search.objects.map { result in
      let run = try #require(result["run"] as? String)
      let export = try Program.run(["run", "export", run, "--format", "json", "--workspace", workspace])
      try #require(export.code == 0)
      return export.output
    }
  }

  /// The texts of a tree's options.
  private func options(_ export: String) throws -> [String] {
    let object = try JSONSerialization.jsonObject(with: Data(export.utf8)) as? [String: Any]
    return try #require(object?["nodes"] as? [[String: Any]]).map { $0["option"] as? String ?? "" }
  }

  @Test func theSeedDecidesTheTree() throws {
    let first = try exports(seed: 7)
    #expect(first.count == 3)
    #expect(try exports(seed: 7) == first)
    let other = try exports(seed: 8)
    #expect(try other.map(options) != first.map(options))
  }

  /// Steps by hand in the explorer make the tree that `search` makes.
  @Test func theExplorerMakesTheTreeOfTheHeadlessSearch() throws {
    let session = try ExplorerSession()
    try session.open("--simulations 12")
    try session.step(12)
    try session.quit()
    let byHand = try #require(try session.program("run", "list", "--json").object?["run"] as? String)
    let scratch = try Scratch()
    let workspace = scratch.path("w.sqlite")
    let search = try Program.run([
      "search", session.problem, "--simulations", "12", "--json", "--workspace", workspace,
    ])
    let alone = try #require(search.object?["run"] as? String)
    let exported = try session.program("run", "export", byHand)
    let again = try Program.run(["run", "export", alone, "--workspace", workspace])
    #expect(try options(exported.output) == options(again.output))
  }
}
