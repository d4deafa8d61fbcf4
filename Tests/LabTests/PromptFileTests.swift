import Foundation
import Models
import Testing

@testable import Lab

/// Prompts as files: the defaults are among them, and what is wrong with one is named.
struct PromptFileTests {
  private var folder: URL { get throws { try DataFolder.locate().prompts } }

  @Test func theFilesOfTheDefaultsHoldTheDefaults() throws {
    #expect(try PromptFile.read("few-shot", in: folder) == .fewShot)
    #expect(try PromptFile.read("chat", in: folder) == .chat)
    #expect(try PromptFile.names(in: folder) == ["boxed", "chat", "few-shot", "plain"])
    for name in try PromptFile.names(in: folder) {
      #expect(throws: Never.self) { try PromptFile.read(name, in: folder) }
    }
  }

  @Test func aFileOfOnesOwnIsRead() throws {
    let text =
      "prompt = \"Q: {question}\"\nsystem = \"Be brief.\"\nends = [\"###\"]\nanswers = [\"So:\"]\nnext = \"Next!\""
    let prompt = try PromptFile.read(Array(text.utf8), name: "own.toml")
    #expect(
      (prompt.text, prompt.system, prompt.ends, prompt.answers) == ("Q: {question}", "Be brief.", ["###"], ["So:"]))
    #expect((prompt.next, prompt.rest) == ("Next!", ModelPrompt.chat.rest))
  }

  @Test(arguments: [
    ("prompt = \"no place\"", "own.toml: prompt: expected a text with {question} in it"),
    ("ends = []", "own.toml: prompt: expected a text with {question} in it"),
    ("prompt = 3", "own.toml: prompt: expected a text"),
    ("prompt = \"{question}\"\nends = \"x\"", "own.toml: ends: expected a list of texts"),
    ("prompt = \"{question}\"\nstops = []", "own.toml: stops: expected one of prompt, system, ends"),
    ("prompt = \"{question}\"\nnext =", "own.toml:2: "),
  ])
  func whatIsWrongIsNamed(_ text: String, _ words: String) {
    let error = #expect(throws: LabError.self) { try PromptFile.read(Array(text.utf8), name: "own.toml") }
    #expect(error?.description.hasPrefix(words) == true, "\(error.map { "\($0)" } ?? "")")
  }

  private func models(_ flags: [(Setting, String)], file: String = "") throws -> ModelSelection {
    var layer = SettingLayer()
    for (setting, text) in flags { layer.flag(setting, text) }
    return try Configuration(flags: layer, file: ConfigurationFile(file, name: "c.toml")).models()
  }

  @Test func itIsChosenForEveryServedModel() throws {
    let url = [(Setting.model, "http://a:1"), (.rolloutModel, "http://b:1")]
    let file = "[server]\nprompt = \"{question}!\"\nends = [\"x\"]"
    let chosen = try models(url + [(.prompt, "plain")], file: file)
    #expect(chosen.server.shown?.text == "{question}\n" && chosen.rolloutServer.shown == chosen.server.shown)
    #expect(chosen.server.prompt == nil, "a choice outranks the table")
    let unsaid = try models(url, file: file)
    #expect((unsaid.server.shown, unsaid.server.prompt, unsaid.server.ends) == (nil, "{question}!", ["x"]))
    #expect(try models([(.model, "m.gguf"), (.prompt, "boxed")]).server.shown != nil)
    let folder = #expect(throws: LabError.self) { try models([(.prompt, "plain")]) }
    #expect(folder?.description.contains("expected with a model that is served") == true)
    let unknown = #expect(throws: LabError.self) { try models(url + [(.prompt, "poem")]) }
    #expect(unknown?.description == "--prompt: expected a file, or one of boxed, chat, few-shot, plain; found 'poem'")
  }

  @Test func thinkingIsLimited() throws {
    let url = [(Setting.model, "http://a:1")]
    #expect(try models(url).server.thinkingTokens == 2048)
    #expect(try models(url + [(.thinkingTokens, "100")]).server.thinkingTokens == 100)
    #expect(try models(url, file: "thinking-tokens = 5").server.thinkingTokens == 5)
    for wrong in ["-1", "many", "2000000"] {
      #expect(throws: LabError.self) { try models(url + [(.thinkingTokens, wrong)]) }
    }
  }
}
