import Foundation
import Models

/// A setting that flags, environment and config file may all say. The raw value is its key in the file; the variable and
/// the flag follow from it.
package enum Setting: String, CaseIterable, Sendable {
  case workspace, author
  case model
  case rolloutModel = "rollout-model"
  case criticModel = "critic-model"
  case llamaServer = "llama-server"
  case prompt
  case thinkingTokens = "thinking-tokens"
  case critics, preset, simulations, tokens, seconds, seed, workers, temperature, watchdogs
  case theme, ascii, mouse
  case logLevel = "log-level"
  case heldOut = "held-out"

  /// Whether it names a model, which may be a list of URLs.
  var isModel: Bool { [.model, .rolloutModel, .criticModel].contains(self) }

  /// Whether the config file may say it in a list.
  var isList: Bool { isModel || self == .heldOut }

  /// `ETASCOPE_ROLLOUT_MODEL`.
  var variable: String { "ETASCOPE_" + String(rawValue.uppercased().map { $0 == "-" ? "_" : $0 }) }
}

/// What one source says of the settings, as texts: the flags, the environment or the config file.
package struct SettingLayer: Sendable, Equatable {
  /// What is said of one setting.
  struct Said: Sendable, Equatable {
    /// One text; several where a setting is a list.
    var texts: [String]
    /// Where it was said, for messages.
    var place: String
  }

  private(set) var said: [Setting: Said] = [:]

  /// A layer that says nothing.
  package init() {}

  /// What the variables `ETASCOPE_…` say.
  package init(environment: [String: String]) {
    for setting in Setting.allCases {
      if let text = environment[setting.variable] { say(setting, texts(text, of: setting), at: setting.rawValue) }
    }
  }

  /// What a flag says; nil and an empty list say nothing.
  package mutating func flag(_ setting: Setting, _ text: String?) { flag(setting, text.map { [$0] } ?? []) }

  /// The same of a flag that may be repeated.
  package mutating func flag(_ setting: Setting, _ texts: [String]) {
    if !texts.isEmpty { say(setting, texts, at: "--\(setting.rawValue)") }
  }

  /// What a field of the config file says in one text.
  mutating func field(_ setting: Setting, _ text: String) {
    say(setting, texts(text, of: setting), at: setting.rawValue)
  }

  /// What a field of the config file says in a list.
  mutating func field(_ setting: Setting, list: [String], at place: String) { say(setting, list, at: place) }

  private mutating func say(_ setting: Setting, _ texts: [String], at place: String) {
    said[setting] = Said(texts: texts, place: place)
  }

  /// A text that is one of URLs, separated by white space, is a list; every other text is one.
  private func texts(_ text: String, of setting: Setting) -> [String] {
    guard setting.isModel else { return [text] }
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    return words.allSatisfy(ServerModel.isURL) ? words : [text]
  }

  /// Both layers in one: where both say something, `self` has it.
  func over(_ below: SettingLayer) -> SettingLayer {
    var both = self
    both.said.merge(below.said) { own, _ in own }
    return both
  }

  /// What is said of `setting` in one text.
  subscript(_ setting: Setting) -> String? { said[setting]?.texts.first }
}
