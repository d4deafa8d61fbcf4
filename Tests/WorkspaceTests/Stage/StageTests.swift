import Foundation
import Testing
import Vocabulary

@testable import Workspace

/// What presenter and followers tell each other.
struct StageTests {
  private let scratch: Scratch
  private let workspace: String

  init() throws {
    scratch = try Scratch()
    workspace = try scratch.write("w.sqlite", [])
  }

  private func stage(_ run: String = "r/1 ü") -> Stage { Stage(workspace: workspace, run: run) }

  private func names(_ folder: String = "") -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: scratch.file(folder))) ?? []).sorted()
  }

  private func mode(_ name: String) -> mode_t {
    var info = stat()
    return lstat(scratch.file(name), &info) == 0 ? info.st_mode & 0o7777 : 0
  }

  @Test func aPlaceIsToldAndTakenAway() throws {
    let (presenter, follower) = (stage(), stage())
    #expect(follower.presenter() == nil && follower.votingProblem == "nobody presents this run")
    #expect(presenter.begin() == nil && follower.votingProblem == nil)
    let place = PresenterPlace(node: 5, moment: 12, state: "idle", who: "ada")
    presenter.publish(place)
    #expect(follower.presenter() == place)
    #expect(Stage.presenters(workspace: workspace) == ["r/1 ü": "ada"])
    presenter.end()
    #expect(follower.presenter() == nil && follower.votingProblem == "nobody presents this run")
    #expect(names() == ["w.sqlite", "w.sqlite-lock"])
  }

  @Test func whatIsShownIsToldAndBounded() throws {
    let (presenter, follower) = (stage(), stage())
    #expect(presenter.begin() == nil)
    var show = StageShow()
    show.votes = [StageShow.Votes(node: 3, count: 2)]
    show.lesson = 4
    show.fork = StageShow.Fork(run: "r-2", moment: 7, goal: 40)
    let long = String(repeating: "𝄞", count: 3000)
    show.page = StageShow.Page(
      title: long, number: 2, count: 9, text: Array(repeating: long, count: 50), showsLesson: true)
    presenter.publish(PresenterPlace(node: 5, moment: nil, state: "idle", who: "ada", shows: show.bounded))
    let told = try #require(follower.presenter()?.shows)
    #expect(told == show.bounded && told.votes == show.votes && told.fork == show.fork && told.lesson == 4)
    #expect(told.page?.text.count == 12 && told.page?.text.first?.hasPrefix("𝄞𝄞") == true)
    // Whoever writes the file may write anything.
    show.lesson = -1
    presenter.publish(PresenterPlace(node: 5, moment: nil, state: "idle", shows: show.bounded))
    #expect(follower.presenter() == nil)
  }

  @Test func aDecidedVoteBeginsAnew() throws {
    let presenter = stage()
    presenter.begin()
    #expect(stage().vote(3, as: "a") == nil && presenter.tally() == [3: 1])
    presenter.clearVotes()
    #expect(presenter.tally() == [:])
    #expect(stage().vote(4, as: "a") == nil && presenter.tally() == [4: 1], "and goes on")
  }

  /// A problem's name may be longer than a file's.
  @Test func aLongNameHasAStage() {
    let run = String(repeating: "lång", count: 200)
    #expect(stage(run).begin() == nil)
    let presenter = stage(run)
    #expect(presenter.begin() == nil)
    presenter.publish(PresenterPlace(node: 1, moment: nil, state: "idle"))
    #expect(stage(run).presenter()?.node == 1)
  }

  @Test func aUserHasOneVoteAndMayTakeItBack() throws {
    #expect(stage().vote(3, as: "a") == "nobody presents this run")
    let presenter = stage()
    presenter.begin()
    #expect(stage().vote(3, as: "a") == nil && presenter.tally() == [3: 1])
    let version = presenter.votesVersion
    #expect(stage().vote(4, as: "b") == nil && stage().vote(5, as: "b") == nil)
    #expect(presenter.votesVersion != version)
    #expect(presenter.tally() == [5: 1], "the last one counts, from whichever window")
    stage().retract("b")
    #expect(presenter.tally() == [:])
  }

  /// Whoever may read the workspace may look, and nobody else; what is the presenter's alone is closed.
  @Test(arguments: [(0o600, 0o700, 0o600, 0o1700), (0o640, 0o750, 0o640, 0o1770), (0o644, 0o755, 0o644, 0o1777)])
  func readersOfTheWorkspaceReadTheStage(_ file: Int, _ folder: Int, _ place: Int, _ votes: Int) throws {
    chmod(workspace, mode_t(file))
    let presenter = stage("r")
    #expect(presenter.begin() == nil && mode("w.sqlite-stage/r.votes") == 0o700)
    presenter.end()
    #expect(presenter.begin(isOpen: true) == nil)
    presenter.publish(PresenterPlace(node: 1, moment: nil, state: "idle"))
    #expect(mode("w.sqlite-stage") == mode_t(folder))
    #expect(mode("w.sqlite-stage/r.place") == mode_t(place))
    #expect(mode("w.sqlite-stage/r.votes") == mode_t(votes))
    #expect(mode("w.sqlite-lock") == 0o600)
  }

  /// Whatever somebody puts there instead of a vote is neither followed nor waited for, and gone after the count.
  @Test func otherFilesAreNoVotes() throws {
    let presenter = stage("r")
    presenter.begin(isOpen: true)
    let votes = "w.sqlite-stage/r.votes"
    #expect(stage("r").vote(1, as: "a") == nil)
    _ = try scratch.write("elsewhere", Array("9\n".utf8))
    #expect(symlink(scratch.file("elsewhere"), scratch.file(votes + "/link")) == 0)
    #expect(link(scratch.file("elsewhere"), scratch.file(votes + "/second name")) == 0)
    #expect(mkfifo(scratch.file(votes + "/pipe"), 0o600) == 0)
    #expect(mkdir(scratch.file(votes + "/folder"), 0o700) == 0)
    for (name, text) in [("huge", "99999999999\n"), ("negative", "-1\n"), ("word", "many"), ("none", "")] {
      _ = try scratch.write(votes + "/" + name, Array(text.utf8))
    }
    _ = try scratch.write(votes + "/long", [UInt8](repeating: 0x31, count: 4000))
    #expect(presenter.tally() == [1: 1])
    #expect(names(votes) == ["a", "long"], "what is too long to be a vote may be somebody's own")
    #expect(try scratch.bytes("elsewhere") == Data("9\n".utf8))
  }

  @Test(.enabled(if: geteuid() == 0, "files of several users take a superuser"))
  func nobodyUsesUpTheVotesOfOthers() throws {
    let presenter = stage("r")
    presenter.begin(isOpen: true)
    let votes = "w.sqlite-stage/r.votes"
    for number in 0..<5000 {
      #expect(chown(try scratch.write("\(votes)/\(number)", Array("1\n".utf8)), 65534, 65534) == 0)
    }
    for user in [65533, 65532] as [uid_t] {
      #expect(chown(try scratch.write("\(votes)/of \(user)", Array("2\n".utf8)), user, user) == 0)
    }
    #expect(presenter.tally() == [1: 1, 2: 2])
    #expect(names(votes).count == 3)
    presenter.end()
    #expect(names() == ["w.sqlite", "w.sqlite-lock"])
  }

  // MARK: - What somebody has planted

  /// Files that a presenter would lose.
  private func precious() throws -> String {
    try FileManager.default.createDirectory(atPath: scratch.file("precious/r.votes"), withIntermediateDirectories: true)
    for name in ["thesis", "r.place", "r.votes/1"] { _ = try scratch.write("precious/" + name, Array("3\n".utf8)) }
    chmod(scratch.file("precious"), 0o700)
    chmod(scratch.file("precious/r.votes"), 0o700)
    return scratch.file("precious")
  }

  private func expectPreciousIsKept() {
    #expect(names("precious") == ["r.place", "r.votes", "thesis"] && names("precious/r.votes") == ["1"])
    #expect(mode("precious") == 0o700 && mode("precious/r.votes") == 0o700)
  }

  @Test func aLinkInPlaceOfTheStageIsNotFollowed() throws {
    #expect(symlink(try precious(), scratch.file("w.sqlite-stage")) == 0)
    let presenter = stage("r")
    #expect(
      presenter.begin(isOpen: true)
        == "\(scratch.file("w.sqlite-stage")): expected a folder; what is there is left alone")
    presenter.publish(PresenterPlace(node: 1, moment: nil, state: "idle"))
    presenter.end()
    Stage.sweep(workspace: workspace)
    #expect(stage("r").presenter() == nil && Stage.presenters(workspace: workspace).isEmpty)
    expectPreciousIsKept()
  }

  @Test func aLinkInPlaceOfTheVotesIsNotFollowed() throws {
    mkdir(scratch.file("w.sqlite-stage"), 0o755)
    #expect(symlink(try precious() + "/r.votes", scratch.file("w.sqlite-stage/r.votes")) == 0)
    #expect(symlink(scratch.file("precious/thesis"), scratch.file("w.sqlite-stage/r.place")) == 0)
    let presenter = stage("r")
    #expect(presenter.begin(isOpen: true)?.hasSuffix("r.votes: expected a folder; what is there is left alone") == true)
    presenter.end()
    Stage.sweep(workspace: workspace)
    expectPreciousIsKept()
  }

  @Test(.enabled(if: geteuid() == 0, "files of several users take a superuser"))
  func aStrangersFolderIsNotUsed() throws {
    // Not the superuser's own workspace: what belongs to root is trusted.
    chown(workspace, 65534, 65534)
    mkdir(scratch.file("w.sqlite-stage"), 0o755)
    chown(scratch.file("w.sqlite-stage"), 65533, 65533)
    #expect(
      stage("r").begin()
        == "\(scratch.file("w.sqlite-stage")): it belongs to user 65533, not to the workspace's owner; it is left alone"
    )
  }

  /// A place that somebody else has written, or that never ends, is not the presenter's.
  @Test(.enabled(if: geteuid() == 0, "files of several users take a superuser"))
  func aPlaceOfSomebodyElseIsNotBelieved() throws {
    chown(workspace, 65534, 65534)
    let presenter = stage("r")
    #expect(presenter.begin() == nil)
    let place = "w.sqlite-stage/r.place"
    presenter.publish(PresenterPlace(node: 1, moment: nil, state: "idle"))
    #expect(stage("r").presenter()?.node == 1)
    chown(scratch.file(place), 65533, 65533)
    #expect(stage("r").presenter() == nil)
    unlink(scratch.file(place))
    #expect(mkfifo(scratch.file(place), 0o644) == 0 && stage("r").presenter() == nil)
    unlink(scratch.file(place))
    #expect(symlink("/dev/zero", scratch.file(place)) == 0 && stage("r").presenter() == nil)
  }

  // MARK: - Who is killed, and who comes second

  @Test func whatAKilledPresenterHasLeftDoesNotCount() throws {
    // The lock goes with the object, as it does with a process.
    do {
      let killed = stage("r")
      killed.begin(isOpen: true)
      killed.publish(PresenterPlace(node: 1, moment: nil, state: "running"))
      #expect(stage("r").vote(1, as: "a") == nil)
    }
    #expect(names("w.sqlite-stage") == ["r.place", "r.votes"])
    #expect(stage("r").presenter() == nil && stage("r").vote(2, as: "b") == "nobody presents this run")
    let next = stage("r")
    #expect(next.begin() == nil && next.tally() == [:])
  }

  @Test func whoeverOpensTheWorkspaceTakesAwayWhatTheKilledHaveLeft() throws {
    do { stage("killed").begin(isOpen: true) }
    let other = stage("other")
    other.begin(isOpen: true)
    _ = try Workspace.forTests(workspace)
    #expect(names("w.sqlite-stage") == ["other.votes"])
  }

  @Test func aSecondPresenterLeavesTheStageToTheFirst() throws {
    let (first, second) = (stage("r"), stage("r"))
    #expect(first.begin() == nil)
    first.publish(PresenterPlace(node: 4, moment: nil, state: "idle"))
    #expect(second.begin() == "another explorer presents this run")
    second.end()
    #expect(stage("r").presenter()?.node == 4)
  }
}
