import Canvas
import Foundation
import Lab
import Terminal

extension Configuration {
  /// Whether to draw with ASCII only on this terminal.
  @MainActor
  func isASCII(on terminal: Terminal) -> Bool {
    // Another character set garbles signs whatever anybody wishes; a font may have them after all.
    !terminal.supportsUnicode || isASCII ?? !terminal.facts.hasSigns
  }

  /// The theme that is asked for, else the one chosen last where it can still be read, else the terminal's own colours. Throws exit
  /// code 2 for an unknown one.
  func theme(among themes: ThemeStore, chosen: String? = nil) throws -> String {
    guard let theme else {
      return chosen.flatMap { (try? themes.load($0)) == nil ? nil : $0 } ?? "terminal16"
    }
    guard themes.names.contains(theme) else {
      throw ExitError.usage("--theme: expected one of \(themes.names.joined(separator: ", ")), found '\(theme)'")
    }
    return theme
  }
}

extension ThemeStore {
  /// The themes of the person's `$XDG_CONFIG_HOME/etascope/themes`, then those that come with etascope.
  static func located(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> ThemeStore {
    let home = environment["XDG_CONFIG_HOME"] ?? (environment["HOME"].map { $0 + "/.config" } ?? "")
    return ThemeStore(folders: [home + "/etascope/themes", try DataFolder.locate().themes.path(percentEncoded: false)])
  }

  /// A theme as a terminal can show it: without colours, ``Theme/monochrome``. Throws `ThemeError`.
  func load(_ name: String, hasColor: Bool) throws -> Theme { hasColor ? try load(name) : .monochrome }
}
