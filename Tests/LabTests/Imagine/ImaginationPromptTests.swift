import Foundation
import Testing

@testable import Lab

/// Prompts of imagination as files, and the numbers of texts.
struct ImaginationPromptTests {
  private var folder: URL { get throws { try DataFolder.locate().prompts } }

  @Test func everyKindHasAPrompt() throws {
    for kind in ImaginationKind.allCases {
      let prompt = try ImaginationPrompt("imagine-\(kind.rawValue)", in: folder)
      #expect(prompt.text.contains(kind == .policy ? "{examples}" : "{question}"))
      #expect(prompt.text.contains("{second}") == (kind == .compose))
      #expect(!prompt.ends.isEmpty)
    }
    #expect(try ImaginationPrompt("imagine-turn", in: folder).text == "<|im_start|>user\n")
    // They are no prompts of a search.
    #expect(try !PromptFile.names(in: folder).contains { $0.hasPrefix("imagine-") })
  }

  @Test(arguments: [
    ("", "p.toml: prompt: expected a text"),
    ("prompt = 3", "p.toml: prompt: expected a text"),
    ("prompt = \"\"", "p.toml: prompt: expected a text"),
    ("prompt = \"x\"\nexample = \"y\"", "p.toml: example: expected a text with {question} in it"),
    ("prompt = \"x\"\nexamples = 0", "p.toml: examples: expected a number from 1 to 64"),
    ("prompt = \"x\"\nends = [\"\"]", "p.toml: ends: expected a list of texts"),
    ("prompt = \"x\"\nkind = \"y\"", "p.toml: kind: expected one of prompt, example, examples, ends"),
    ("prompt = \"x", "p.toml:1: "),
  ])
  func whatCannotBeUsedIsNamed(_ text: String, _ words: String) {
    let error = #expect(throws: LabError.self) { try ImaginationPrompt(Array(text.utf8), name: "p.toml") }
    #expect(error?.kind == .settings && error?.description.hasPrefix(words) == true, "\(error?.description ?? "")")
  }

  @Test func aMissingFileIsNamed() throws {
    let error = #expect(throws: LabError.self) { try ImaginationPrompt("/nowhere/p.toml", in: folder) }
    #expect(error?.description.hasPrefix("/nowhere/p.toml: expected a prompt file") == true)
  }

  @Test func numbersAreFoundInDigitsAndWords() {
    func numbers(_ text: String) -> [String] { HiddenNumber.all(in: text).map(\.value) }
    #expect(numbers("Ten of 1,250 cost $3.50; x2 and 2x are none, 7. is.") == ["10", "1250", "3.50", "7"])
    #expect(
      numbers("A 3-page letter to two friends, 1/2 off, 20% more, 12,34 and 1.2.3 apart") == ["3", "2", "1", "2", "20"])
    #expect(numbers("Someone wrote twenties and 二") == [])
    let text = "She has five cups, 5 pens."
    #expect(HiddenNumber.all(in: text).map(\.text) == ["She has x cups, 5 pens.", "She has five cups, x pens."])
    #expect(HiddenNumber.all(in: text).map(\.spelling) == ["five", "5"])
  }
}
