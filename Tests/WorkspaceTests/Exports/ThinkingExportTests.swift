import Foundation
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Workspace

/// What a model thought stays in the workspace unless it is asked for.
@Suite struct ThinkingExportTests {
  private func workspace(thinking: [String?]) throws -> (Workspace, run: String, Scratch) {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let (run, _) = try ScriptedDriver.run(in: workspace, thinking: thinking)
    try workspace.commit(run: run, node: NodeID(3))
    return (workspace, run, scratch)
  }

  private func rows(
    _ workspace: Workspace, _ format: DatasetFormat, withThinking: Bool
  ) throws -> (text: String, card: String) {
    let export = try DatasetExport(
      workspace.commitLog(), format: format, options: DatasetOptions(withThinking: withThinking))
    return (String(decoding: export.data, as: UTF8.self), String(decoding: export.card, as: UTF8.self))
  }

  @Test func nothingIsExportedUnlessAskedFor() throws {
    let (thought, run, keptScratch) = try workspace(thinking: ["SECRET one", nil, "SECRET two"])
    let (plain, plainRun, otherScratch) = try workspace(thinking: [])
    defer { withExtendedLifetime((keptScratch, otherScratch)) {} }
    for format in DatasetFormat.all {
      let told = try rows(thought, format, withThinking: false)
      #expect(
        !told.text.contains("SECRET") && !told.card.contains("thinking") && !told.card.contains("reasoning_content"))
    }
    for format in RunFormat.all {
      let told = String(decoding: try thought.export(run: run, format: format), as: UTF8.self)
      #expect(!told.contains("SECRET") && !told.contains("thinking"))
      // The same run without thinking has the same bytes, but for the number of its events.
      #expect(told == String(decoding: try plain.export(run: plainRun, format: format), as: UTF8.self))
    }
  }

  @Test func aRunTellsItWhereItIsAskedFor() throws {
    let (workspace, run, scratch) = try workspace(thinking: ["SECRET one", nil, "SECRET\ntwo"])
    defer { withExtendedLifetime(scratch) {} }
    let json = String(decoding: try workspace.export(run: run, format: .json, withThinking: true), as: UTF8.self)
    #expect(json.contains(#""thinking":"SECRET one""#) && json.contains(#""thinking":null"#))
    let markdown = String(
      decoding: try workspace.export(run: run, format: .markdown, withThinking: true), as: UTF8.self)
    #expect(markdown.hasSuffix("## Thinking\n\n### Node 1\n\n> SECRET one\n\n### Node 3\n\n> SECRET\n> two\n"))
  }

  @Test func dataSetsTellItInTheFieldsThatTrainersRead() throws {
    let (workspace, _, scratch) = try workspace(thinking: ["one", nil, "two"])
    defer { withExtendedLifetime(scratch) {} }
    let chat = try rows(workspace, .conversational, withThinking: true)
    #expect(
      chat.text.contains(
        #""messages":[{"content":"What is 2 + 3?","reasoning_content":null,"role":"user"},"#
          + #"{"content":"2 + 3 = 5\n#### 5","reasoning_content":"one\n\ntwo","role":"assistant"}]"#))
    #expect(chat.card.contains("    - name: reasoning_content\n      dtype: string"))
    for format in [DatasetFormat.promptCompletion, .stepwise] {
      let told = try rows(workspace, format, withThinking: true)
      #expect(told.text.contains(#""thinking":["one","two"]"#), "\(told.text)")
      #expect(told.card.contains("  - name: thinking\n    list: string"))
    }
    let preference = try rows(workspace, .preference, withThinking: true)
    #expect(preference.text == (try rows(workspace, .preference, withThinking: false)).text)
  }

  @Test func aCommitWithoutThinkingIsWrittenAsBefore() throws {
    let (workspace, _, scratch) = try workspace(thinking: [])
    defer { withExtendedLifetime(scratch) {} }
    let trajectory = try #require(try workspace.commitLog().entries[0].trajectory)
    #expect(!(try CanonicalJSON.text(trajectory)).contains("thinking"))
    let (thought, _, other) = try self.workspace(thinking: ["a", nil, "b"])
    defer { withExtendedLifetime(other) {} }
    let kept = try #require(try thought.commitLog().entries[0].trajectory)
    #expect(kept.steps.map(\.thinking) == ["a", "b"])
    #expect(kept.withoutThinking.steps == trajectory.steps)
    #expect(try thought.verifyCommits().isEmpty)
  }
}
