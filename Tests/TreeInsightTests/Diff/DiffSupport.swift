import TreeSearch
import TreeSearchTesting
import Vocabulary

/// Small trees to be laid over each other: two first steps, each with its answer below.
enum Small {
  /// A tree after so many simulations; no rollouts, and the root has as many children as `draws` has for it.
  static func tree(
    _ draws: [String: [String]], values: [String: Double] = [:], problem: Problem = story, simulations: Int = 4,
    _ changes: [String: String] = [:], logProbabilities: [String: [Float]] = [:]
  ) throws -> SearchTree {
    let width = "\(draws[""]?.count ?? 1)"
    let fixed = ["rollout.count": "0", "width.root.minimum": width, "width.root.maximum": width, "merge.distance": "0"]
    let script = Script(draws: draws, scores: ["value": values])
    script.logProbabilities = logProbabilities
    var driver = Driver(
      try header(fixed.merging(changes) { $1 }, problem: problem), answer: script.answer)
    driver.run(to: simulations)
    return driver.tree
  }

  /// A question whose answer is 35.
  static let story = Problem(id: "p", question: "How many?", answer: "35")

  /// The sum is believed: 35.
  static func sum(_ problem: Problem = story) throws -> SearchTree {
    try tree(
      [
        "": ["30 + 5 = 35\n", "30 - 5 = 25\n"], "30 + 5 = 35\n": ["#### 35\n"], "30 - 5 = 25\n": ["#### 25\n"],
      ],
      values: ["30 + 5 = 35\n": 0.5, "30 - 5 = 25\n": 0.5, "#### 35\n": 0.9, "#### 25\n": 0.2], problem: problem)
  }

  /// The difference is believed: 25. The sum is spelled in another way.
  static func difference(_ problem: Problem = story) throws -> SearchTree {
    try tree(
      ["": ["5+30 = 35\n", "30 - 5 = 25\n"], "5+30 = 35\n": ["#### 35\n"], "30 - 5 = 25\n": ["#### 25\n"]],
      values: ["5+30 = 35\n": 0.5, "30 - 5 = 25\n": 0.5, "#### 35\n": 0.1, "#### 25\n": 0.9], problem: problem)
  }
}
