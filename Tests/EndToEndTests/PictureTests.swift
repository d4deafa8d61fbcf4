import Foundation
import Testing

/// Trees and trajectories as pictures.
@Suite(.ownThread)
struct PictureTests {
  @Test func aTreeAndATrajectoryAreDrawn() throws {
    let scratch = try Scratch()
    let workspace = scratch.path("w.sqlite")
    let problem = try scratch.file(
      "p.jsonl", ExplorerSession.story.replacing("Ivy has", with: "<Ivy> & Co. has") + "\n")
    let search = try Program.run(["search", problem, "--workspace", workspace, "--simulations", "20", "--json"])
    let result = try #require(search.object)
    let (run, nodes) = (try #require(result["run"] as? String), try #require(result["nodes"] as? Int))

    func picture(_ options: String...) throws -> XMLCheck {
      let made = try Program.run(["run", "export", run, "--format", "svg", "--workspace", workspace] + options)
      #expect(made.code == 0, "\(made.errors)")
      let again = try Program.run(["run", "export", run, "--format", "svg", "--workspace", workspace] + options)
      #expect(made.output == again.output)
      return XMLCheck(Data(made.output.utf8))
    }
    let tree = try picture()
    #expect(tree.isWellFormed && tree.elements["path"] == nodes - 1, "an edge for every node but the root")
    #expect(tree.texts.contains { $0.hasPrefix("&lt;Ivy&gt; &amp; Co.") })
    #expect(tree.texts.contains { $0.contains("N 20  Q 0.") })
    let shallow = try picture("--depth", "1")
    #expect((shallow.elements["path"] ?? 0) < nodes - 1 && shallow.texts.contains { $0.contains("not shown") })
    let path = try #require(result["path"] as? [String])
    let trajectory = try picture("--part", "trajectory")
    #expect(trajectory.isWellFormed && !path.isEmpty)
    // Every critic that counts has a column with its whole name.
    let columns = ["Q", "value", "prm", "orm", "calculator", "operands", "owners"]
    for column in columns { #expect(trajectory.texts.contains(column), "\(column)") }
    let missing = try Program.run(
      ["run", "export", run, "--format", "svg", "--node", "\(nodes + 7)", "--workspace", workspace])
    #expect(missing.code == 2 && missing.message?.contains("has no node") == true)
  }
}
