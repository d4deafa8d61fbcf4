import Foundation
import Testing
import Vocabulary
import Workspace

@testable import Lab

/// What rounds have made is read for whoever shows it.
struct RoundReadingTests {
  private let workspace: Workspace

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "reading-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    workspace = try Workspace(path: folder.appending(path: "w.sqlite").path(percentEncoded: false), author: "ada")
  }

  /// A round of the series in which the trials of an arm are right and wrong as told.
  private func round(_ arms: [(name: String, right: [Bool])]) throws -> RoundRecord {
    let record = try workspace.createRound(series: "s", plan: CanonicalJSON.data(RoundPlan()))
    let writer = try workspace.drive(record)
    let trials = arms.flatMap { arm in
      arm.right.enumerated().map { index, isRight in
        RoundTrial(problem: "dev-\(index)", arm: arm.name, greedy: "\(index)", isRight: isRight, tokens: 9)
      }
    }
    try writer.append(trials.map { try CanonicalJSON.data($0) }, stage: "evaluate", first: 0)
    return record
  }

  @Test func twoRoundsAreComparedProblemByProblem() throws {
    let first = try round([("before", [false, false, false, false]), ("after", [true, false, false, true])])
    let second = try round([("before", [true, false, false, true]), ("after", [false, true, true, true])])
    let (pairs, figures) = try workspace.trials(first, second)
    #expect(pairs.map(\.before.isRight) == [true, false, false, true])
    #expect(pairs.map(\.after.isRight) == [false, true, true, true])
    // One lost and two won of four; with three that changed nothing can be said.
    #expect(figures.map(\.name) == ["gain", "exact McNemar p"])
    #expect(figures[0].value == 0.25 && figures[0].interval?.count == 2)
    #expect(figures[1].value == 1)
    // A round with itself: before and after it.
    #expect(try workspace.trials(second, second).pairs.map(\.before.isRight) == [true, false, false, true])
    let empty = try round([])
    #expect(throws: LabError.self) { try workspace.trials(first, empty) }
  }

  @Test func itemsAreReadFromAPlaceOn() throws {
    let record = try round([("before", [true, false, true])])
    let rest: [RoundTrial] = try workspace.items(of: record, .evaluate, from: 2)
    #expect(rest.map(\.problem) == ["dev-2"])
  }

  @Test func problemsAreThoseOfTheSeriesAndThoseImagined() throws {
    let record = try round([])
    let writer = try workspace.drive(record)
    let given = Problem(id: "g-1", question: "How many?", answer: "2")
    let heldOut = Problem(id: "h-1", question: "How far?", answer: "3")
    try writer.append([CanonicalJSON.data(given)], stage: RoundItems.given, first: 0)
    try writer.append([CanonicalJSON.data(heldOut)], stage: RoundItems.heldOut, first: 0)
    let problems = try workspace.problems(of: record)
    #expect(problems.keys.sorted() == ["g-1", "h-1"])
    #expect(problems["h-1"]?.question == "How far?")
  }
}
