import Testing
import TreeSearch
import TreeSearchTesting
import Vocabulary

@testable import Runs

/// A run whose every reward is a coin's says so, once, with what to do about it.
struct JudgeCountTests {
  /// What is said after each node of a search whose critics say this of the first, the second and so on.
  private func said(_ verdicts: [(score: Double?, note: String?)]) throws -> (said: [String], whole: String?) {
    var search = Search(
      header: try header(["rollout.count": "0", "width.root.minimum": "9"], critics: [.prm]))
    var judges = JudgeCount()
    var (objections, node) = ([String](), 0)
    search.work(upTo: verdicts.count) { request, tree in
      guard case .score = request.kind else {
        return Answer(.options([SearchOption("step \(request.id) of its own\n")]))
      }
      defer { node += 1 }
      return Answer(
        .scores([CriticScore(critic: "prm", score: verdicts[node].score, note: verdicts[node].note)]))
    }
    for event in search.takeEvents() {
      if case .evaluated(let node, _) = event, let objection = judges.objection(after: node, in: search.tree) {
        objections.append(objection)
      }
    }
    return (objections, JudgeCount.objection(to: search.tree))
  }

  private let mute: (score: Double?, note: String?) = (nil, "cannot judge: 600 tokens, more than the 512 that it reads")

  @Test func twoInARowAreSaidOnce() throws {
    let (objections, whole) = try said([mute, mute, mute, mute])
    #expect(objections.count == 1)
    #expect(
      objections.first?.hasPrefix("no critic can judge this problem (prm: cannot judge: 600 tokens, more than the 512")
        == true)
    #expect(objections.first?.contains("--critic-model") == true)
    #expect(whole == objections.first)
  }

  @Test func oneOpinionIsEnough() throws {
    let (objections, whole) = try said([mute, (0.5, nil), mute, mute])
    #expect(objections.isEmpty)
    #expect(whole == nil)
  }

  /// A tool that has nothing to say of a step is no judge that cannot judge.
  @Test func nothingToSayIsNoObjection() throws {
    let (objections, whole) = try said([(nil, "no formula"), (nil, "no formula"), (nil, "no formula")])
    #expect(objections.isEmpty)
    #expect(whole == nil)
  }
}
