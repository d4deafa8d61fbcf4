import Foundation
import Testing

/// Files that cannot be used: one located line, the contract's exit code, nothing half done.
@Suite(.ownThread)
struct BadFileTests {
  private static let good = #"{"id": "a", "question": "Mina has 2 pears. How many pears does Mina have?"}"# + "\n"

  /// Content of a problem file and what is said of it.
  @Test(arguments: [
    ("", "expected at least one problem"),
    ("\n  \n", "expected at least one problem"),
    (good + #"{"question": "b?"}"# + "\n" + #"{"id": "c", "question""#, ":3: line: expected"),
    (good + "\n" + #"{"id": "c"}"#, ":3: question: expected"),
    (good + good, ":2: id: expected each id once"),
    (good + #"{"question": 7}"#, ":2: question: expected a string"),
    (#"{"id": "\u001b[2J", "question": "b?"}"#, ":1: id: expected"),
    ("[1]", ":1: line: expected"),
    (#"{"\u001b]0;x\u0007": 1, "\u001b]0;x\u0007": 2, "question": "b?"}"#, ":1: "),
  ])
  func aBadProblemFile(_ content: String, _ said: String) throws {
    let scratch = try Scratch()
    let path = try scratch.file("p.jsonl", content)
    let result = try search(path, scratch)
    #expect(result.code == 1)
    let message = try #require(result.message, "\(result.errors)")
    #expect(message.hasPrefix("etascope: \(path)"))
    #expect(message.contains(said))
    try expectNothingDone(scratch)
  }

  @Test func aMissingFile() throws {
    let scratch = try Scratch()
    let path = scratch.path("none.jsonl")
    let result = try search(path, scratch)
    #expect(result.code == 1)
    #expect(result.message == "etascope: \(path): no such file")
    try expectNothingDone(scratch)
  }

  @Test func aFolder() throws {
    let scratch = try Scratch()
    let path = scratch.url.path(percentEncoded: false)
    let result = try search(path, scratch)
    #expect(result.code == 1)
    #expect(result.message == "etascope: \(path): expected a file, found a folder")
    try expectNothingDone(scratch)
  }

  @Test func aNameThatATerminalWouldObey() throws {
    let scratch = try Scratch()
    let result = try search("no\u{1B}[2J\u{1B}]0;x\u{7}such\nfile", scratch)
    #expect(result.code == 1)
    #expect(result.message?.contains("no such file") == true)
  }

  @Test func brokenUTF8() throws {
    let scratch = try Scratch()
    try (Data(Self.good.utf8) + Data([0x22, 0xFF, 0x0A])).write(to: scratch.url.appending(path: "p.jsonl"))
    let result = try search(scratch.path("p.jsonl"), scratch)
    #expect(result.code == 1)
    #expect(result.message?.hasSuffix(":2: line: expected UTF-8 text") == true)
  }

  private func search(_ path: String, _ scratch: Scratch) throws -> Program.Outcome {
    try Program.run(["search", path, "--workspace", scratch.path("w.sqlite"), "--simulations", "1"])
  }

  private func expectNothingDone(_ scratch: Scratch) throws {
    #expect(!FileManager.default.fileExists(atPath: scratch.path("w.sqlite")), "no workspace is made for nothing")
  }
}
