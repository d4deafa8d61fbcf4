import Foundation
import Synchronization

@testable import Training

/// A trainer that a test makes up: shell scripts in a folder of their own, rows, and the tiny model of the fixtures.
final class Stub: Sendable {
  let folder: TemporaryFolder
  private let told = Mutex<[TrainingProgress]>([])

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.write("rows/data/train.jsonl", #"{"prompt":"a\n","completion":"b\n"}"# + "\n")
  }

  func path(_ name: String) -> String {
    URL(filePath: folder.path).appending(path: name).path(percentEncoded: false)
  }

  /// A script that stands where Python is expected.
  func script(_ name: String, _ text: String) throws -> String {
    let path = try folder.write(name, "#!/bin/sh\n" + text + "\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return path
  }

  func rows(_ lines: String...) throws {
    _ = try folder.write("rows/data/train.jsonl", lines.map { $0 + "\n" }.joined())
  }

  /// A job from the tiny model to `out`.
  var job: TrainingJob {
    TrainingJob(data: path("rows"), model: Fixture.model, output: path("out"), seed: 7)
  }

  /// What was told so far.
  var progress: [TrainingProgress] { told.withLock { $0 } }

  /// Trains and keeps what is told.
  func train(_ trainer: some Trainer, _ job: TrainingJob? = nil) async throws -> TrainedModel {
    try await trainer.train(job ?? self.job) { progress in self.told.withLock { $0.append(progress) } }
  }

  /// What the training says instead of a model.
  func failure(_ trainer: some Trainer, _ job: TrainingJob? = nil) async -> String {
    do {
      _ = try await train(trainer, job)
      return "it trained"
    } catch { return "\(error)" }
  }

  func text(_ name: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path(name)) ?? Data(), as: UTF8.self)
  }

  func names(_ name: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path(name))) ?? []).sorted()
  }

  /// The number in a file, as soon as it is there.
  func number(_ name: String) async -> pid_t? {
    for _ in 0..<3_000 {
      if let number = pid_t(text(name).trimmingCharacters(in: .whitespacesAndNewlines)) { return number }
      try? await Task.sleep(for: .milliseconds(10))
    }
    return nil
  }
}

/// True as soon as the process is gone or waits to be reaped by somebody else; false after half a minute.
func isGone(_ pid: pid_t) async -> Bool {
  for _ in 0..<3_000 {
    let stat = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
    if stat.isEmpty || stat.split(separator: ")").last?.hasPrefix(" Z") == true { return true }
    try? await Task.sleep(for: .milliseconds(10))
  }
  return false
}
