import Foundation
import Testing

/// One problem file searched in parts, and the parts merged.
@Suite(.ownThread)
struct ShardTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func search(_ workspace: String, _ more: String...) throws -> Program.Outcome {
    try Program.run(
      ["search", Program.problems("easy"), "--first", "6", "--simulations", "4", "--json"] + more
        + ["--workspace", scratch.path(workspace)])
  }

  private func runs(_ workspace: String) throws -> [[String: Any]] {
    try Program.run(["run", "list", "--json", "--workspace", scratch.path(workspace)]).objects
  }

  @Test func partsMergedAreTheWhole() throws {
    let whole = try search("whole").objects
    #expect(whole.count == 6)
    let parts = try (1...3).map { try search("part\($0)", "--shard", "\($0)/3").objects }
    let key = { (result: [String: Any]) in "\(result["run"] ?? "") \(result["answer"] ?? "") \(result["score"] ?? "")" }
    #expect(parts.joined().map(key).sorted() == whole.map(key).sorted(), "a part is searched as in the whole")
    let sources = (1...3).map { scratch.path("part\($0)") }
    for round in 1...2 {
      let merged = try Program.run(["run", "import", "--json", "--workspace", scratch.path("merged")] + sources)
      #expect(merged.code == 0, "\(merged.errors)")
      let outcomes = merged.objects.flatMap { ($0["runs"] as? [[String: Any]] ?? []).map { $0["outcome"] as? String } }
      #expect(outcomes == Array(repeating: round == 1 ? "new" : "known", count: 6))
    }
    #expect(try runs("merged").count == 6)
    #expect(try Program.run(["run", "verify", "--workspace", scratch.path("merged")]).code == 0)
  }

  @Test func aRepeatedPartGoesOnWithItsRuns() throws {
    let first = try search("w").objects
    let again = try search("w", "--resume").objects
    #expect(again.compactMap { $0["run"] as? String } == first.compactMap { $0["run"] as? String })
    #expect(again.compactMap { $0["answer"] as? String } == first.compactMap { $0["answer"] as? String })
    #expect(try runs("w").count == 6)
    #expect(try search("w", "--seed", "2", "--resume").code == 0)
    #expect(try runs("w").count == 12, "another seed is another search")
  }

  @Test func aForeignSourceLeavesNoWorkspace() throws {
    let foreign = try scratch.file("notes.txt", "no database, only a text that somebody wants to keep\n")
    let result = try Program.run(["run", "import", foreign, "--workspace", scratch.path("none")])
    #expect(result.code == 1)
    #expect(result.message?.hasPrefix("etascope: \(foreign): expected a workspace") == true)
    #expect(!FileManager.default.fileExists(atPath: scratch.path("none")))
  }
}
