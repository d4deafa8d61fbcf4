import Foundation
import Vocabulary

/// Puts what the trainers `sft`, `dpo` and `critic` run on into the user's cache: TRL, with torch, some gigabytes.
public struct TrainerInstallation: Sendable {
  private let folder: String
  private let environment: [String: String]

  /// - Parameter folder: of the script `install-packages` and the list `requirements.txt`, as they come with the program.
  public init(folder: String, environment: [String: String] = ProcessInfo.processInfo.environment) {
    (self.folder, self.environment) = (folder, environment)
  }

  /// Installs; done at once where the same packages are there already.
  ///
  /// - Parameter tell: each line that the installation says, safe to print.
  /// - Throws: ``TrainingError/failed(_:)`` with its last words; `CancellationError`, which leaves nothing running.
  public func run(_ tell: @escaping @Sendable (String) -> Void) async throws {
    let words = [
      "/usr/bin/env", "bash", folder + "/install-packages", "trainer", folder + "/requirements.txt",
      "what the trainers sft, dpo and critic run on", "they are not there",
    ]
    let ending: GuardedProcess.Ending
    do {
      ending = try await GuardedProcess().run(words, environment: environment) { tell($1.printable) }
    } catch let error as GuardedProcess.Failure {
      throw TrainingError.failed("--install-trainer: \(error)")
    }
    guard ending.isSuccess else {
      throw TrainingError.failed("--install-trainer: the installation ended with \(ending.words)")
    }
  }
}
