import Canvas
import Foundation

extension ThemeStore {
  /// The themes of the person's `$XDG_CONFIG_HOME/etascope/themes`, then those that come with etascope.
  static func located(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> ThemeStore {
    let home = environment["XDG_CONFIG_HOME"] ?? (environment["HOME"].map { $0 + "/.config" } ?? "")
    return ThemeStore(folders: [home + "/etascope/themes", try DataFolder.locate().themes.path()])
  }
}
