import Foundation
import Testing
import TreeSearch
import Vocabulary

@testable import Workspace

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Runs written in other programs' forms, read back by what stands for their readers.
@Suite struct OthersFormatTests {
  private let scratch: Scratch
  private let workspace: Workspace
  private let run: String
  private let tree: SearchTree

  /// What would act where it is not escaped.
  private static let hostile = "<script>alert(1)</script> & \"q\" 'a' ]]> \u{1B}[2J \u{202E} | ` # ; -- ,\n"

  init() throws {
    scratch = try Scratch()
    workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let step = try JSONEncoder().encode(Self.hostile)
    let text =
      #"{"question": \#(String(decoding: step, as: UTF8.self)), "rstar": {"0": {"visit_count": 4, "q_value": 0.5}, "#
      + #""0.0": {"text": \#(String(decoding: step, as: UTF8.self)), "visit_count": 3, "q_value": 0.625, "prior": 0.75, "value": 0.25}, "#
      + #""0.1": {"text": "The answer is 5.", "visit_count": 1, "q_value": 0.125, "prior": 0.25}, "#
      + #""0.0.0": {"text": "The answer is 7.", "visit_count": 2, "q_value": 1}, "0.0.1": {"text": "The answer is 7."}}}"#
    let file = try scratch.write("in.json", Array(text.utf8))
    run = try TreeImport(from: [file], version: "1").write(into: workspace)[0].runs[0]
    tree = try workspace.tree(of: run)
  }

  private func text(_ format: RunFormat) throws -> String {
    String(decoding: try workspace.export(run: run, format: format), as: UTF8.self)
  }

  private func object(_ format: RunFormat) throws -> JSONView { try JSONText(Array(try text(format).utf8)).root }

  @Test func nothingInAnyFormActsOnATerminal() throws {
    for format in RunFormat.all {
      let written = try text(format)
      let unsafe = written.unicodeScalars.first { $0 != "\n" && $0 != "\t" && SafeText.isUnsafe($0) }
      #expect(unsafe == nil, "\(format): \(String(describing: unsafe))")
    }
  }

  @Test func portionsAreTheWhole() throws {
    for format in RunFormat.all {
      var data = Data()
      try RunExport(tree).write(format) { data.append($0) }
      #expect(data == (try workspace.export(run: run, format: format)), "\(format)")
    }
  }

  @Test func csvHasARowANodeAndEmptyFieldsForWhatIsNotKnown() throws {
    let lines = try text(.csv).components(separatedBy: "\n")
    #expect(lines[0].hasPrefix("id,parent,depth,visits,q,value,prm,orm,reward,prior,"))
    #expect(lines.contains { $0.hasPrefix("2,0,1,1,0.125,,,,,0.25,") })
    #expect(lines.contains { $0.hasPrefix("4,1,2,,,,,,,,") }, "N and Q of the last node are not in the file")
  }

  @Test func graphMLIsXMLWithEveryNodeAndEdge() throws {
    let document = try XMLDocument(data: Data(text(.graphML).utf8))
    let graph = try #require(document.rootElement()?.elements(forName: "graph").first)
    #expect(graph.elements(forName: "node").count == 5 && graph.elements(forName: "edge").count == 4)
    #expect(graph.elements(forName: "node")[1].stringValue?.contains("<script>alert(1)</script> & \"q\"") == true)
  }

  @Test func mermaidLeavesNoMarkupInTexts() throws {
    let written = try text(.mermaid)
    #expect(
      written.hasPrefix("flowchart TD\n") && written.contains("  n0 --> n1\n") && written.contains("#60;script#62;"))
    #expect(!written.contains("<script"))
  }

  @Test func thePageHoldsTextsAsTextsAndNothingFromElsewhere() throws {
    let page = try text(.page)
    #expect(page.components(separatedBy: "<script>").count == 2, "its own script, and no other")
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && page.contains("default-src 'none'"))
    for word in ["innerHTML", "eval(", "http:", "https:", "fetch", "import(", "onclick"] {
      #expect(!page.contains(word), "\(word)")
    }
    #expect(page.components(separatedBy: "role=\"treeitem\"").count == 6)
    #expect(page.contains("Selection would compare"))
  }

  @Test func telemetryHasASpanANodeInOneTrace() throws {
    let spans = try Array(
      #require(
        object(.telemetry)["resourceSpans"]?.list?.first { _ in true }?["scopeSpans"]?.list?.first { _ in true }?[
          "spans"]?.list))
    #expect(spans.count == 5 && Set(spans.compactMap { $0["traceId"]?.string }).count == 1)
    #expect(spans.allSatisfy { $0["traceId"]?.string?.utf8.count == 32 && $0["spanId"]?.string?.utf8.count == 16 })
    let ids = Set(spans.compactMap { $0["spanId"]?.string })
    #expect(ids.count == 5 && spans[0]["parentSpanId"] == nil)
    #expect(spans.dropFirst().allSatisfy { ids.contains($0["parentSpanId"]?.string ?? "") })
    for span in spans {
      let (start, end) = (
        span["startTimeUnixNano"]?.string.flatMap(Int.init), span["endTimeUnixNano"]?.string.flatMap(Int.init)
      )
      #expect(try #require(start) < #require(end))
    }
    func attribute(_ span: JSONView, _ key: String) -> JSONView? {
      span["attributes"]?.list?.first { $0["key"]?.string == key }?["value"]
    }
    #expect(attribute(spans[0], "openinference.span.kind")?["stringValue"]?.string == "AGENT")
    #expect(attribute(spans[1], "openinference.span.kind")?["stringValue"]?.string == "LLM")
    #expect(attribute(spans[1], "etascope.visits")?["intValue"]?.string == "3")
    let said = try #require(spans[1]["events"]?.list?.first { _ in true })
    #expect(said["name"]?.string == "gen_ai.evaluation.result")
    #expect(attribute(said, "gen_ai.evaluation.score.value")?["doubleValue"]?.number == 0.25)
  }

  /// What is written in a form is read in it again with the same nodes, parents, N and Q.
  @Test(arguments: ["inspect", "openr"]) func whatIsWrittenIsRead(form: String) throws {
    let file = try scratch.write("back.json", Array(text(#require(RunFormat.named(form))).utf8))
    let other = try Workspace.forTests(scratch.file("other.sqlite"))
    let report = try TreeImport(from: [file], version: "1").write(into: other)[0]
    #expect(report.format == form && report.nodes == 4)
    let back = try other.tree(of: report.runs[0])
    #expect(Set(back.nodes.map(\.visits)) == Set(tree.nodes.map(\.visits)))
    for (offset, node) in tree.nodes.enumerated() {
      let same = back.nodes.indices.contains {
        back.nodes[$0].visits == node.visits && back.nodes[$0].meanValue == node.meanValue
      }
      #expect(same, "node \(offset)")
    }
  }

  @Test func aLogOfThoughtsSaysTheStepsAgain() throws {
    let steps = try Array(#require(object(.thoughts).list?.first { _ in true }?["steps"]?.list))
    #expect(steps.count == 2)
    #expect(steps[0]["new_ys"]?.list.map(Array.init)?.count == 2)
    #expect(steps[1]["new_ys"]?.list.map(Array.init)?.allSatisfy { $0.string?.hasPrefix("<script>") == true } == true)
  }

  /// A tree of one trajectory of thirty thousand steps is written without a stack of calls.
  @Test func deepTreesAreWritten() throws {
    let depth = 3_000
    let text =
      String(repeating: #"{"text": "a", "children": ["#, count: depth) + #"{"text": "b", "children": []}"#
      + String(repeating: "]}", count: depth)
    let file = try scratch.write("deep.json", Array(#"{"question": "q", "reasoning_steps": \#(text)}"#.utf8))
    let deep = try workspace.tree(of: TreeImport(from: [file], version: "1").write(into: workspace)[0].runs[0])
    for format in [RunFormat.guidedSearch, .inspect, .telemetry, .page, .csv] {
      #expect(try RunExport(deep).data(format).count > depth * 10)
    }
  }
}
