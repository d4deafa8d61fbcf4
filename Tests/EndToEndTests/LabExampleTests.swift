import Foundation
import Testing

/// The example program of the laboratory, as its tutorial shows it.
@Suite(.ownThread)
struct LabExampleTests {
  private func text(_ path: String) throws -> String {
    try String(contentsOf: Program.repository.appending(path: path), encoding: .utf8)
  }

  @Test func itSearchesTwoProblemsAndKeepsTheRuns() throws {
    let program = Program.executable.deletingLastPathComponent().appending(path: "LabExample")
    let child = try Child(
      program.path(percentEncoded: false), [],
      environment: ["ETASCOPE_DATA": Program.repository.path(percentEncoded: false), "PATH": "/usr/bin:/bin"])
    #expect(child.wait() == 0)
    #expect(child.errors.isEmpty, "\(child.errors)")
    let lines = child.output.split(separator: "\n").map(String.init)
    try #require(lines.count == 4, "\(child.output)")
    for (line, problem) in zip(lines, ["apples", "pens"]) {
      let found = try #require(line.wholeMatch(of: /(\w+): (\d+) simulations, (\d+) nodes/), "\(line)")
      #expect(found.1 == problem)
      #expect(try #require(Int(found.2)) <= 16)
      #expect(try #require(Int(found.3)) > 1)
    }
    #expect(lines[2] == "2 of 2 answers agree with their reference")
    #expect(lines[3].hasPrefix("runs in the workspace: "))
    #expect(lines[3].split(separator: ",").count == 2)
  }

  @Test func theTutorialIsTheExampleProgram() throws {
    let program = try text("Sources/LabExample/main.swift")
    #expect(try text("Sources/Lab/Lab.docc/YourOwnLab.md").contains("```swift\n\(program)```"))
    let lines = program.split(separator: "\n").filter { !$0.hasPrefix("//") }
    #expect(lines.count <= 40, "it has \(lines.count) lines of code")
  }
}
