import Foundation
import Models

/// The models that the program brings along, opened once a process: tests that want caches of their own make a model each
/// of the same folder.
public enum ShippedModels {
  /// What writes options.
  public static var policy: ModelFolder { get throws { try folders.policy.get() } }
  /// What scores states.
  public static var critic: ModelFolder { get throws { try folders.critic.get() } }

  private static let folders = (policy: open("policy"), critic: open("critic"))

  private static func open(_ name: String, _ file: String = #filePath) -> Result<ModelFolder, any Error> {
    let root = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return Result {
      try ModelFolder.load(root.appending(path: "SampleData/Models/\(name)").path(percentEncoded: false))
    }
  }
}
