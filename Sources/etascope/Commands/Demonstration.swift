import Foundation
import Lab
import TreeSearch

/// What `improve --demo` shows: one round on a policy that was made careless on purpose, whose skill a round brings back. The critic
/// is the teacher; no reference answer is learned from.
struct Demonstration {
  /// Files of the demonstration.
  let questions, heldOut: String
  /// The careless policy.
  let policy: [String]

  init() throws {
    let data = try DataFolder.locate()
    let folder = data.url.appending(path: "SampleData/Improvement")
    questions = folder.appending(path: "questions.jsonl").path(percentEncoded: false)
    heldOut = folder.appending(path: "held-out.jsonl").path(percentEncoded: false)
    policy = [data.models.appending(path: "careless").path(percentEncoded: false)]
  }

  /// The settings that the options say, with the preset and the simulations of the demonstration where they say nothing.
  func settings(_ options: CommonOptions) throws -> Settings {
    var options = options
    if options.model.isEmpty { options.model = policy }
    if options.preset == nil { options.preset = "etascope" }
    return try options.configuration().settings()
  }

  /// One round: imagined questions beside the given ones, the rule that keeps what the critic is sure of, and two sources of
  /// rows beside the search at equal steps.
  var plan: RoundPlan {
    var plan = RoundPlan()
    plan.imagined = 200
    plan.kinds = ["policy", "numbers"]
    plan.rule = "score>=0.8"
    plan.arms = [RoundArm.gold.rawValue, RoundArm.greedy.rawValue]
    plan.samples = 16
    plan.sampledProblems = 200
    return plan
  }
}
