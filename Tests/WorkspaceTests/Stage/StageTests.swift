import Foundation
import Testing

@testable import Workspace

/// What presenter and followers tell each other.
struct StageTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "stage-\(UUID().uuidString)")

  private func stage(_ run: String = "r/1 ü") throws -> Stage {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return Stage(workspace: folder.appending(path: "w.sqlite").path(percentEncoded: false), run: run)
  }

  @Test func aPlaceIsToldAndTakenAway() throws {
    let stage = try stage()
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(stage.presenter() == nil && stage.votingProblem == "nobody presents this run")
    #expect(stage.begin() == nil && stage.votingProblem == nil)
    let place = PresenterPlace(node: 5, moment: 12, state: "idle")
    stage.publish(place)
    #expect(stage.presenter() == place)
    stage.end()
    #expect(stage.presenter() == nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).isEmpty)
  }

  @Test func everyVoterHasOneVoteAndMayTakeItBack() throws {
    let stage = try stage()
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(stage.vote(3, as: "a") == "nobody presents this run")
    stage.begin()
    #expect(stage.vote(3, as: "a") == nil && stage.vote(4, as: "b") == nil && stage.vote(4, as: "a") == nil)
    #expect(stage.tally() == [4: 2])
    let version = stage.votesVersion
    stage.retract("b")
    #expect(stage.tally() == [4: 1] && stage.votesVersion != version)
  }

  /// Whatever somebody puts there instead of a vote is neither followed nor waited for.
  @Test func otherFilesAreNoVotes() throws {
    let stage = try stage("r")
    defer { try? FileManager.default.removeItem(at: folder) }
    stage.begin(isOpen: true)
    let votes = folder.appending(path: "w.sqlite-stage/r.votes")
    var info = stat()
    #expect(stat(votes.path(percentEncoded: false), &info) == 0 && info.st_mode & 0o7777 == 0o1777)
    #expect(stage.vote(1, as: "a") == nil)
    try Data("9\n".utf8).write(to: folder.appending(path: "elsewhere"))
    #expect(
      symlink(
        folder.appending(path: "elsewhere").path(percentEncoded: false),
        votes.appending(path: "link").path(percentEncoded: false)) == 0)
    #expect(mkfifo(votes.appending(path: "pipe").path(percentEncoded: false), 0o600) == 0)
    try Data("99999999999\n".utf8).write(to: votes.appending(path: "huge"))
    try Data("-1\n".utf8).write(to: votes.appending(path: "negative"))
    try Data("many".utf8).write(to: votes.appending(path: "word"))
    try Data(repeating: 0x31, count: 4000).write(to: votes.appending(path: "long"))
    #expect(stage.tally() == [1: 1])
  }
}
