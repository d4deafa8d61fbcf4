#if TESTABLE
  import Foundation
  import Models
  import TreeInsight
  import TreeSearch
  import TreeSearchTesting
  import Vocabulary

  /// What several targets read inputs against, made once.
  enum SharedFixtures {
    /// A small model of a test of training: its tokenizer, and how long its texts may be.
    static let model = Result {
      let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      return try ModelFolder.load(tests.appending(path: "TrainingTests/Fixtures/tiny").path(percentEncoded: false))
    }

    /// A tree that a person has worked in.
    static let tree = Result { try session(steps: 200).tree }

    /// The header that journals are read with.
    static let header = tree.map(\.header)

    /// Filters that ask for everything there is.
    static let filters = Result {
      try [
        "n>0 q<0.9 depth>=1 not pruned", "answer=25 or correct or wrong or open",
        "chosen or chosen.majority or not first-error",
        "critic.prm>0.1 contradicted or thought",
        "\"a\" merged terminal",
      ].map { try NodeFilter($0) }
    }

    /// The journal of a session that the header fits, the `number`th in length.
    static func journal(_ number: Int) throws -> [SearchEvent] { try session(steps: 20 + 40 * number).driver.journal }

    private static func session(steps: Int) throws -> RandomSession {
      var session = try RandomSession(seed: 1)
      for _ in 0..<steps { _ = session.step() }
      return session
    }
  }

  extension Result {
    /// What was made once. A target without it would take every input for a refused one: that must be seen.
    func made() throws -> Success {
      do {
        return try get()
      } catch {
        throw FuzzFinding("what inputs are read against cannot be made: \(error)")
      }
    }
  }
#endif
