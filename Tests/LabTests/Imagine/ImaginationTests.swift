import Foundation
import Models
import ModelsTesting
import Testing
import Vocabulary
import Workspace

@testable import Lab

/// Questions are imagined, checked and kept with their reasons.
struct ImaginationTests {
  /// Some stories of the training split.
  private static func stories(_ count: Int) throws -> [LoadedProblem] {
    let path = try DataFolder.locate().problems.appending(path: "train.jsonl").path(percentEncoded: false)
    return Array(try ProblemFile.read(path: path).prefix(count))
  }

  private func imagined(
    _ settings: ImaginationSettings, from problems: [LoadedProblem], heldOut: HeldOut? = nil,
    model: (any LanguageModel)? = nil, most: Int = .max
  ) async throws -> (prompts: [ImaginedPrompt], tallies: [Imagination.Tally]) {
    var prompts: [ImaginedPrompt] = []
    struct Enough: Error {}
    let imagination = try Imagination(settings, heldOut: heldOut ?? HeldOut())
    do {
      let tallies = try await imagination.run(from: problems, model: model) { prompt in
        prompts.append(prompt)
        if prompts.count == most { throw Enough() }
      }
      return (prompts, tallies)
    } catch is Enough {
      return (prompts, [])
    }
  }

  private func settings(_ count: Int, _ kinds: String...) -> ImaginationSettings {
    var settings = ImaginationSettings(count: count, seed: 7)
    settings.kinds = kinds
    return settings
  }

  @Test func theSameSeedImaginesTheSameQuestions() async throws {
    let parents = try Self.stories(40)
    let wishes = settings(50, "numbers", "deepen", "compose", "backward")
    let whole = try await imagined(wishes, from: parents)
    #expect(try await imagined(wishes, from: parents).prompts == whole.prompts)
    // A consumer that stops and begins again finds what it had.
    #expect(try await imagined(wishes, from: parents, most: 37).prompts == Array(whole.prompts.prefix(37)))
    // More of them begin with the same ones.
    var more = wishes
    more.count = 60
    #expect(try await imagined(more, from: parents).prompts.starts(with: whole.prompts))
    var other = wishes
    other.seed = 8
    let others = try await imagined(other, from: parents).prompts
    #expect(Set(others.map(\.text)).intersection(whole.prompts.map(\.text)).count < 5)
    other = wishes
    other.round = 2
    #expect(try await imagined(other, from: parents).prompts.map(\.text) != whole.prompts.map(\.text))
    #expect(whole.prompts.filter(\.isAccepted).count == 50 && whole.tallies.map(\.accepted).reduce(0, +) == 50)
    #expect(whole.tallies.map(\.tried).reduce(0, +) == whole.prompts.count)
    #expect(Set(whole.prompts.map(\.id)).count == whole.prompts.count)
  }

  /// Whatever the seed: what is accepted can be solved, is new, and has nothing of what is held out.
  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func whatIsAcceptedIsSolvedNewAndNoLeak(_ seed: UInt64) async throws {
    let parents = try Self.stories(60)
    var wishes = settings(60, "numbers", "deepen", "compose")
    wishes.seed = seed
    // What another seed would accept is held out here: leaks are sure to be drawn.
    let drawn = try await imagined(wishes, from: parents).prompts.filter(\.isAccepted)
    let held = drawn.enumerated().filter { $0.offset % 3 == 0 }.map { try? $0.element.problem().problem }
    var heldOut = try HeldOut()
    heldOut.add(held.compactMap(\.self), from: "held")
    let prompts = try await imagined(wishes, from: parents, heldOut: heldOut).prompts
    let keys = Set(try held.compactMap { try $0.map { try WordStory($0.question).key } })
    var seen = Set(try parents.map { try WordStory($0.problem.question).key })
    for prompt in prompts where prompt.isAccepted {
      let story = try WordStory(prompt.text)
      #expect(String(try story.solved().answer) == prompt.answer && prompt.answerFrom == .grammar)
      #expect(!keys.contains(story.key), "seed \(seed): \(prompt.text)")
      #expect(seen.insert(story.key).inserted, "seed \(seed): \(prompt.text)")
      #expect(StoryFamily.split(of: prompt.text) == "train", "seed \(seed): \(prompt.text)")
      #expect(heldOut.leak(in: prompt.text) == nil)
    }
    let leaks = prompts.filter { $0.verdict.reason == .heldOut }
    #expect(leaks.count >= 15, "seed \(seed)")
    #expect(leaks.allSatisfy { $0.verdict.note?.hasPrefix("“") == true })
  }

  @Test func heldOutProblemsAreNotImaginedFrom() async throws {
    let parents = try Self.stories(4)
    var heldOut = try HeldOut()
    heldOut.add(parents.prefix(2).map(\.problem), from: "held")
    let prompts = try await imagined(settings(20, "numbers"), from: parents, heldOut: heldOut).prompts
    #expect(Set(prompts.flatMap(\.parents)) == Set(parents.suffix(2).map(\.problem.id)))
    heldOut.add(parents.map(\.problem), from: "held")
    let error = await #expect(throws: LabError.self) {
      try await imagined(settings(20, "numbers"), from: parents, heldOut: heldOut)
    }
    #expect(error?.description.hasPrefix("expected problems to imagine from, all of them are held out") == true)
    // Nor is what was imagined of one.
    var child = parents[3]
    (child.problem.id, child.extra) = ("child", "{\"root\":\"train-0001\"}")
    var ancestors = try HeldOut()
    ancestors.add([parents[0].problem], from: "held")
    #expect(try Imagination(settings(1), heldOut: ancestors).sorted([child]).heldOut.map(\.id) == ["child"])
  }

  @Test func aRecordIsAProblem() async throws {
    let parents = try Self.stories(30)
    let prompts = try await imagined(settings(12, "numbers", "compose", "backward"), from: parents).prompts
    for prompt in prompts {
      let data = try CanonicalJSON.data(prompt)
      #expect(try CanonicalJSON.value(ImaginedPrompt.self, from: data) == prompt)
      let loaded = try prompt.problem()
      #expect(loaded.problem.id == prompt.id && loaded.problem.question == prompt.text)
      #expect(loaded.problem.answer == prompt.answer && loaded.text("root") == prompt.root)
      #expect(ImaginedPrompt.isRefused(loaded) != prompt.isAccepted)
    }
    #expect(prompts.contains { !$0.isAccepted })
    let composed = try #require(prompts.first { $0.kind == "compose" })
    #expect(composed.parents.count == 2 && composed.root == composed.parents[0] && composed.roots.count == 2)
    #expect(!ImaginedPrompt.isRefused(parents[0]))
    // A child of an imagined problem has its root, not its id.
    let child = try #require(prompts.first { $0.isAccepted && $0.kind == "numbers" })
    let children = try await imagined(settings(1, "numbers"), from: [try child.problem()]).prompts
    #expect(children.allSatisfy { $0.parents == [child.id] && $0.root == child.parents[0] })
  }

  /// Two numbers of one story: 1 000 × the patience could not fill it.
  @Test func whatCannotBeFoundIsGivenUp() async throws {
    let story = "Ana has 5 pens. How many pens does Ana have now?"
    var wishes = settings(100, "numbers")
    wishes.patience = 60
    let (prompts, tallies) = try await imagined(
      wishes, from: [LoadedProblem(problem: Problem(id: "p", question: story))])
    #expect(tallies.map(\.accepted).reduce(0, +) < 28)
    #expect(prompts.suffix(60).allSatisfy { !$0.isAccepted } && prompts.dropLast(60).last?.isAccepted == true)
    #expect(Set(prompts.compactMap(\.verdict.reason)).isSubset(of: [.duplicate, .heldOut]))
  }

  @Test func anInterruptionEndsBetweenTwoBatches() async throws {
    let imagination = try Imagination(settings(1000, "numbers"), heldOut: HeldOut())
    let tallies = try await imagination.run(from: Self.stories(5), model: nil, isInterrupted: { true }) { _ in
      Issue.record("nothing was to be imagined")
    }
    #expect(tallies == [Imagination.Tally(kind: "numbers")])
  }

  @Test func modelsAreNeededWhereNoRuleWrites() throws {
    func needs(_ settings: ImaginationSettings, _ problems: [LoadedProblem]) throws -> Bool {
      try Imagination(settings, heldOut: HeldOut()).needsModel(for: problems)
    }
    let stories = try Self.stories(3)
    let other = [LoadedProblem(problem: Problem(id: "p", question: "What is 3 + 4?", answer: "7"))]
    #expect(try !needs(settings(1, "numbers", "deepen", "compose", "backward"), stories))
    #expect(try needs(settings(1, "numbers"), stories + other))
    #expect(try needs(settings(1, "policy"), stories) && needs(settings(1, "rephrase"), stories))
    #expect(try needs(settings(1), stories))
    var sampled = settings(1, "numbers")
    sampled.samples = 1
    #expect(try needs(sampled, stories))
  }

  @Test func whatCannotBeUsedIsRefused() {
    func refused(_ flag: String, _ change: (inout ImaginationSettings) -> Void) {
      var wishes = ImaginationSettings(count: 1, seed: 1)
      change(&wishes)
      let error = #expect(throws: LabError.self) { try Imagination(wishes, heldOut: HeldOut()) }
      #expect(error?.kind == .settings && error?.description.hasPrefix(flag + ": expected ") == true)
    }
    refused("--count") { $0.count = 0 }
    refused("--kinds") { $0.kinds = ["dream"] }
    refused("--kinds") { $0.kinds = ["numbers", "numbers"] }
    refused("--samples") { $0.samples = -1 }
    refused("--agreement") { $0.agreement = 2 }
    refused("--difficulty") { $0.difficulty = 0.2...0.8 }
    refused("--difficulty") { ($0.samples, $0.difficulty) = (2, 0.2...1.2) }
    refused("--imagine-prompt") { $0.prompts = ["dream": "x.toml"] }
  }

  @Test func threeOfTenAgreeAndTwoAtLeast() {
    #expect(
      [0, 1, 2, 4, 6, 7, 10, 11, 16].map { ImaginationSettings.agreement(of: $0) } == [1, 1, 2, 2, 2, 3, 3, 4, 5])
  }
}
