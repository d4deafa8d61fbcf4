import Explorer
import Foundation
import Testing
import Vocabulary
import Workspace

@testable import Hosts
@testable import Lab

@Suite("Rounds are told of to those who look on")
struct WatchedRoundsTests {
  private let path: String
  private let workspace: Workspace

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "watched-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appending(path: "w.sqlite").path(percentEncoded: false)
    workspace = try Workspace(path: path, author: "ada")
  }

  /// What has been told of rounds since the last look.
  private static func told(_ inputs: inout AsyncStream<HostInput>.Iterator, _ feed: AsyncStream<HostInput>.Continuation)
    async -> [RoundsUpdate]
  {
    feed.yield(.action(.lookOn))
    var updates: [RoundsUpdate] = []
    while case .action(let action)? = await inputs.next(isolation: #isolation) {
      if case .lookOn = action { break }
      if case .rounds(let update) = action { updates.append(update) }
    }
    return updates
  }

  private func trial(_ problem: Int, _ arm: String, _ isRight: Bool) throws -> Data {
    try CanonicalJSON.data(
      RoundTrial(problem: "h-\(problem)", arm: arm, greedy: isRight ? "1" : "2", isRight: isRight, tokens: 9))
  }

  private func item(_ problem: Int, before: Bool, after: Bool?) -> StageItem {
    func side(_ isRight: Bool) -> TrialItem.Side { TrialItem.Side(answer: isRight ? "1" : "2", isRight: isRight) }
    return .trial(
      TrialItem(
        problem: "h-\(problem)", question: "Question \(problem)?", reference: "1", before: side(before),
        after: after.map(side)))
  }

  @Test("Rows come complete where they are, and how far another process is, is counted")
  func evaluation() async throws {
    var plan = RoundPlan()
    plan.skips = RoundStageName.allCases.filter { $0 != .evaluate }
    let record = try workspace.createRound(series: "s", plan: CanonicalJSON.data(plan))
    let writer = try workspace.drive(record)
    let problems = (0..<2).map { Problem(id: "h-\($0)", question: "Question \($0)?", answer: "1") }
    try writer.append(problems.map { try CanonicalJSON.data($0) }, stage: RoundItems.heldOut, first: 0)
    try workspace.say(.began(.evaluate, inputs: ""), of: record)
    try writer.append(
      [trial(0, "before", true), trial(1, "before", false), trial(0, "after", false)], stage: "evaluate", first: 0)

    let (stream, feed) = AsyncStream<HostInput>.makeStream()
    var inputs = stream.makeAsyncIterator()
    let watched = WatchedRounds(try Workspace(path: path, readOnly: true), inputs: HostInputs(into: feed) { $0 })
    await watched.perform(.watch(.stage(round: record.id, stage: .evaluate)))
    let first = await Self.told(&inputs, feed)
    guard case .rounds(let entries)? = first.first else { throw Missing() }
    #expect(entries.map(\.id) == ["s-1"] && entries[0].driver == .elsewhere("another process"))
    #expect(
      first.dropFirst() == [
        .progress(round: "s-1", stage: .evaluate, StageProgress(done: 3, all: 4)),
        .items(
          round: "s-1", stage: .evaluate, first: 0,
          [item(0, before: true, after: false), item(1, before: false, after: nil)]),
      ])

    // The last trial completes a row that is there; what is told of is told once.
    try writer.append([trial(1, "after", true)], stage: "evaluate", first: 3)
    await watched.lookOn()
    let second = await Self.told(&inputs, feed)
    #expect(second.contains(.items(round: "s-1", stage: .evaluate, first: 1, [item(1, before: false, after: true)])))
    #expect(
      second.contains {
        if case .progress(_, .evaluate, let progress) = $0 { progress.done == 4 && progress.all == 4 } else { false }
      })
    await watched.lookOn()
    #expect(await Self.told(&inputs, feed).isEmpty)

    // Nothing can be written through it, whoever asks.
    let events = try workspace.eventCount(of: record)
    await watched.perform(.refuse(round: "s-1", note: ""))
    await watched.perform(.resume(round: "s-1"))
    #expect(try workspace.eventCount(of: record) == events)
    await watched.close()
  }

  @Test("A damaged round is named once and hides no other")
  func damage() async throws {
    // One whose row cannot be read, one whose plan is of another kind.
    for (series, plan) in [("torn", Data("no plan".utf8)), ("odd", Data("[1]".utf8))] {
      _ = try workspace.createRound(series: series, plan: plan)
    }
    let record = try workspace.createRound(series: "s", plan: CanonicalJSON.data(RoundPlan()))
    let (stream, feed) = AsyncStream<HostInput>.makeStream()
    var inputs = stream.makeAsyncIterator()
    let watched = WatchedRounds(try Workspace(path: path, readOnly: true), inputs: HostInputs(into: feed) { $0 })
    await watched.perform(.watch(.rounds))
    try workspace.say(.began(.search, inputs: ""), of: record)
    await watched.lookOn()
    feed.yield(.action(.lookOn))
    var (names, changed, failures): ([String], [String], [String]) = ([], [], [])
    loop: while case .action(let action)? = await inputs.next(isolation: #isolation) {
      switch action {
      case .lookOn: break loop
      case .rounds(.rounds(let entries)): names = entries.map(\.id)
      case .rounds(.round(let entry)): changed.append(entry.id)
      case .failure(let text): failures.append(text)
      default: break
      }
    }
    #expect(names == ["s-1"] && changed == ["s-1"])
    #expect(failures.count == 2 && failures.contains { $0.contains("round torn-1") }, "\(failures)")
    await watched.close()
  }

  private struct Missing: Error {}
}
