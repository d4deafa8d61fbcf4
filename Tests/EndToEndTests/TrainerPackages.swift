import Foundation
import Testing

/// TRL and what it needs, as `make trainer` puts them into the user's cache.
enum TrainerPackages {
  private static let folder: URL = {
    let environment = ProcessInfo.processInfo.environment
    let cache =
      environment["XDG_CACHE_HOME"].map { URL(filePath: $0) }
      ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".cache")
    return cache.appending(path: "etascope/trainer")
  }()

  /// The interpreter that has them.
  static let python = folder.appending(path: "bin/python3").path(percentEncoded: false)
  /// Whether they are there, of the versions that are asked for.
  static let areInstalled: Bool = {
    let wanted = Program.repository.appending(path: "SampleData/Trainers/requirements.txt")
    let found = try? Data(contentsOf: folder.appending(path: "installed"))
    return found != nil && found == (try? Data(contentsOf: wanted))
  }()
  /// Why tests are skipped.
  static let missing: Comment = "TRL is not installed: make trainer"

  /// Searches the first problems for training into a workspace, far enough for pairs; the runs.
  static func searched(_ count: Int, into workspace: String) throws -> [String] {
    let search = try Program.run(
      [
        "search", Program.problems("train"), "--first", "\(count)", "--simulations", "30", "--preset", "etascope",
        "--json", "--workspace", workspace,
      ])
    let runs = search.objects.compactMap { $0["run"] as? String }
    #expect(search.code == 0 && runs.count == count, "\(search.errors)")
    return runs
  }
}
