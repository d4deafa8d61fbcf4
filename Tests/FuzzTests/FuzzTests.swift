import Foundation
import Testing

@testable import Fuzz

/// Every reader of outside bytes, with inputs of its corpus and some that chance made of them.
///
/// `make fuzz` reads a million for each. A reader that traps ends the tests: the input that it had is then in the file
/// `fuzz-TARGET-….input` of the folder for temporary files, which `Fuzz TARGET --input FILE` reads again.
@Suite("Readers of outside bytes")
struct FuzzTests {
  private static let seed = UInt64(ProcessInfo.processInfo.environment["ETASCOPE_FUZZ_SEED"] ?? "") ?? 1

  @Test("Nothing traps, hangs or disagrees", arguments: FuzzTarget.all.map(\.name))
  func nothingIsFound(name: String) async throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let loop = FuzzLoop(target: target, seed: Self.seed, executions: target.quick)
    let report = try await onThreadOfItsOwn { try loop.run() }
    for (finding, origin, input) in report.findings {
      Issue.record("\(name): \(origin): \(finding): \(Data(input).base64EncodedString())")
    }
    #expect(report.executions > target.quick, "the corpus was read as well")
  }

  @Test func everyTargetHasACorpusAndEveryFolderATarget() throws {
    #expect(try Corpus.folders() == FuzzTarget.all.map(\.name).sorted())
    for target in FuzzTarget.all { #expect(try !Corpus(target).inputs.isEmpty, "\(target.name) begins with nothing") }
  }

  /// One that refuses whatever it is given would find nothing.
  @Test(arguments: FuzzTarget.all.map(\.name))
  func somethingOfItsCorpusIsRead(name: String) async throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let isRead = try await onThreadOfItsOwn { try Corpus(target).inputs.contains { target.isAccepted($0.bytes) } }
    #expect(isRead)
  }

  @Test func theSameSeedMakesTheSameInputs() {
    let input = Array(#"{"a": [1, "two", {"b": 3}]}"#.utf8)
    func made(_ seed: UInt64) -> [[UInt8]] {
      var mutator = Mutator(seed: seed, words: ["word"], longest: 100)
      return (0..<200).map { _ in mutator.mutated(input, input) }
    }
    #expect(made(7) == made(7))
    #expect(made(7) != made(8))
    #expect(Set(made(7)).count > 100, "most inputs differ")
    #expect(made(7).allSatisfy { $0.count <= 100 })
  }

  /// A target that finds something must be told of: else no test here could fail.
  @Test func aFindingIsReportedWithItsInput() async throws {
    let known = try #require(FuzzTarget.all.first)
    let target = FuzzTarget(known.name, words: ["word"]) { bytes in
      try FuzzFinding.require(bytes.firstRange(of: Array("word".utf8)) == nil, "the word\u{1B}")
      throw CocoaError(.coderInvalidValue)
    }
    let report = try await onThreadOfItsOwn { try FuzzLoop(target: target, seed: 1, executions: 500).run() }
    let first = try #require(report.findings.first)
    #expect(first.finding.description == "the word␛", "safe to be shown")
    #expect(first.origin.hasPrefix("seed 1, number "))
    #expect(first.input.firstRange(of: Array("word".utf8)) != nil)
  }

  @Test func theInputOfAProcessThatEndedIsKept() throws {
    let keeper = try InputKeeper("kept", longest: 16)
    keeper.keep([1, 2, 3, 4, 5])
    keeper.keep([9, 8])
    #expect(try InputKeeper.input(at: keeper.path) == [9, 8])
    keeper.remove()
    #expect(throws: (any Error).self) { try InputKeeper.input(at: keeper.path) }
  }

  /// Inputs are read on a thread with a stack like the program's own, one after the other.
  private func onThreadOfItsOwn<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let thread = Thread {
        continuation.resume(with: Result { try body() })
        ScratchFile.remove()
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
  }
}
