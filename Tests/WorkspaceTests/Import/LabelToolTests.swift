import Foundation
import Testing
import TreeSearch
import Vocabulary

@testable import Workspace

/// Labels of PRMBench, Math-Shepherd, Argilla and Label Studio: records of named people, and written back as they were.
@Suite struct LabelToolTests {
  private let scratch: Scratch
  private let workspace: Workspace

  init() throws {
    scratch = try Scratch()
    workspace = try Workspace.forTests(scratch.file("w.sqlite"))
  }

  private func imported(_ text: String) throws -> TreeImportReport {
    let file = try scratch.write("in.jsonl", Array(text.utf8))
    return try #require(try TreeImport(from: [file], version: "1").write(into: workspace).first)
  }

  private func steps(_ run: String) throws -> [String] {
    let tree = try workspace.tree(of: run)
    return try workspace.labels(ofRun: run).compactMap { entry in
      guard case .step(let rating) = entry.label.act else { return nil }
      let text = tree.details[entry.label.subject.node].option?.text.trimmingCharacters(in: .newlines) ?? ""
      return "\(entry.label.who): \(text) \(rating.map { "\($0.rawValue)" } ?? "-")"
    }
  }

  private func written(_ format: LabelFormat) throws -> [String] {
    var lines: [String] = []
    _ = try workspace.forEachLabelLine(format) { lines.append(String(decoding: $0, as: UTF8.self)) }
    return lines
  }

  private func canonical(_ text: String) throws -> String {
    String(decoding: try ForeignValue(Array(text.utf8)[...]).canonical, as: UTF8.self)
  }

  @Test func mathShepherd() throws {
    let line =
      #"{"input": "Two and three? Step 1: 2+3=5 ки\nStep 2: The answer is: 6 ки", "label": "Two and three? Step 1: 2+3=5 +\nStep 2: The answer is: 6 -", "task": "GSM8K"}"#
    let report = try imported(line)
    #expect(report.format == "labels" && report.newRuns == 1)
    #expect(
      try steps(report.runs[0]) == ["Math-Shepherd: Step 1: 2+3=5 1", "Math-Shepherd: Step 2: The answer is: 6 -1"])
    #expect(try workspace.run(report.runs[0]).header.problem.question == "Two and three?")
    #expect(try written(.mathShepherd) == [canonical(line)])
  }

  @Test func prmBench() throws {
    let line =
      #"{"idx": "p-1", "question": "q?", "modified_question": "Q?", "original_process": ["a", "b"], "modified_process": ["a", "x", "c"], "error_steps": [2], "reason": "r", "classification": "k"}"#
    let report = try imported(line)
    #expect(try steps(report.runs[0]) == ["PRMBench: a 1", "PRMBench: x -1", "PRMBench: c 1"])
    #expect(try written(.prmBench) == [canonical(line)])
  }

  @Test func argillaByPersonAndByQuestion() throws {
    let old =
      #"{"id": "1", "fields": {"prompt": "Q?", "step_1": "a", "step_2": "b"}, "responses": [{"user_id": "ann", "values": {"step_1": {"value": "good"}, "step_2": {"value": "bad"}}, "status": "submitted"}, {"user_id": "bob", "values": {"step_1": {"value": 0}}, "status": "submitted"}, {"user_id": "eve", "values": {}, "status": "discarded"}]}"#
    let new =
      #"{"fields": {"question": "Which?", "response_a": "x", "response_b": "y"}, "responses": {"preference": [{"value": "response_b", "user_id": "ann"}, {"value": "response_a", "user_id": "bob"}]}}"#
    let report = try imported(old + "\n" + new)
    #expect(report.newRuns == 2)
    #expect(try Set(steps(report.runs[0])) == ["ann: a 1", "ann: b -1", "bob: a 0", "bob: b -"])
    #expect(try Set(steps(report.runs[1])) == ["ann: x -", "ann: y 1", "bob: x 1", "bob: y -"])
    let lines = try written(.argilla)
    #expect(lines.count == 4)
    #expect(
      lines.first
        == (try canonical(
          old.replacingOccurrences(
            of:
              #", {"user_id": "bob", "values": {"step_1": {"value": 0}}, "status": "submitted"}, {"user_id": "eve", "values": {}, "status": "discarded"}"#,
            with: ""))))
  }

  /// A whole record as version 2 writes it: an array of them, names of texts in the order of their ranks.
  @Test func aRankingOfArgillaIsAPreference() throws {
    let record =
      #"[{"id": "7", "fields": {"instruction": "Which?", "response_1": "x", "response_2": "y"}, "metadata": {}, "suggestions": {"ranking": {"value": ["response_1"], "score": null, "agent": "m"}}, "responses": {"ranking": [{"value": ["response_2", "response_1"], "user_id": "0b9c"}], "comment": [{"value": "short", "user_id": "0b9c"}]}, "vectors": {}, "status": "completed", "_server_id": "1f"}]"#
    let report = try imported(record)
    #expect(try steps(report.runs[0]) == ["0b9c: x -", "0b9c: y 1"])
  }

  @Test func labelStudio() throws {
    let task =
      #"[{"id": 7, "data": {"question": "Q?", "steps": ["a", "b"]}, "annotations": [{"id": 1, "completed_by": {"email": "ann@x"}, "lead_time": 1.5, "created_at": "2026-01-02T03:04:05Z", "result": [{"from_name": "step_1", "to_name": "s", "type": "choices", "value": {"choices": ["Good"]}}, {"from_name": "step_2", "to_name": "s", "type": "choices", "value": {"choices": ["Wrong"]}}]}, {"id": 2, "completed_by": 9, "was_cancelled": true, "result": []}]}, {"id": 8, "data": {"prompt": "P?", "answer1": "x", "answer2": "y"}, "annotations": [{"completed_by": 4, "result": [{"from_name": "p", "to_name": "x", "type": "pairwise", "value": {"selected": "right"}}]}]}]"#
    let report = try imported(task)
    #expect(try steps(report.runs[0]) == ["ann@x: a 1", "ann@x: b -1"])
    #expect(try steps(report.runs[1]) == ["4: x -", "4: y 1"])
    let finish = try #require(try workspace.labels(ofRun: report.runs[0]).last)
    #expect(finish.at == "2026-01-02T03:04:05Z" && finish.label.milliseconds == 1500)
    #expect(try written(.labelStudio).count == 2)
  }

  @Test(arguments: [
    (#"{"input": "no steps ки", "label": "no steps +"}"#, "input: expected a question and steps"),
    (#"{"input": "q Step 1: a ки", "label": "q Step 1: a ?"}"#, "label: expected the text of 'input'"),
    (
      #"{"question": "q", "modified_process": ["a"], "error_steps": [2]}"#,
      "error_steps[0]: expected a step from 1 to 1"
    ),
    (
      #"{"fields": {"prompt": "q", "step_1": "a"}, "responses": [{"user_id": "u", "values": {"step_1": {"value": "?"}}}]}"#,
      "step_1: expected good, neutral, bad"
    ),
    (#"{"data": {"prompt": "q"}, "annotations": [{"result": []}]}"#, "data.steps: expected the steps of a solution"),
  ]) func aBadRecordIsNamed(line: String, expected: String) throws {
    let error = #expect(throws: ProblemFileError.self) { try imported(line) }
    #expect(error?.description.contains(expected) == true, "\(String(describing: error))")
    #expect(try workspace.runs().isEmpty)
  }
}
