import Foundation
import Testing
import TreeInsight
import TreeSearch

@testable import Workspace

@Suite struct RunExportTests {
  private func tree(_ options: [[UInt8]]? = nil, simulations: Int = 3) throws -> SearchTree {
    var driver = ScriptedDriver()
    if let options { driver.options = options }
    var search = Search(header: try ScriptedDriver.header())
    _ = driver.run(&search, simulations: simulations)
    return search.tree
  }

  private func text(_ tree: SearchTree, _ format: RunFormat) throws -> String {
    String(decoding: try RunExport(tree).data(format), as: UTF8.self)
  }

  @Test func jsonOfASmallRunToTheByte() throws {
    let tree = try tree(simulations: 1)
    let run = try RunFingerprint.of(tree.header)
    let reward = try #require(tree.details[1].reward)
    let prior = exp(-0.5)
    let json = try text(tree, .json)
    let nodes = try #require(json.range(of: #""nodes":["#)).upperBound
    #expect(
      json[nodes...].hasPrefix(
        #"{"allowed":2,"answer":null,"children":1,"depth":0,"draws":0,"id":0,"importance":\#(abs(0.8 - 0.5)),"inserted":false,"#
          + #""mergedInto":null,"option":null,"orm":null,"overridden":false,"parent":null,"prior":null,"prm":null,"#
          + #""pruned":false,"q":\#(reward),"reward":0.5,"rollouts":[],"scores":{"value":0.5},"terminal":null,"#
          + #""termination":null,"value":0.5,"visits":1},"#
          + #"{"allowed":1,"answer":null,"children":0,"depth":1,"draws":1,"id":1,"importance":0,"inserted":false,"#
          + #""mergedInto":null,"option":"2 + 3 = 5\n","orm":null,"overridden":false,"parent":0,"prior":\#(prior),"#
          + #""prm":0.9,"pruned":false,"q":\#(reward),"reward":\#(reward),"rollouts":[],"scores":{"prm":0.9,"value":0.8},"#
          + #""terminal":null,"termination":"newline","value":0.8,"visits":1}],"problem":{"answer":"5","id":"sum-1","#
          + #""question":"What is 2 + 3?","source":"by hand","split":"train"},"run":"\#(run)"}"# + "\n"))
    #expect(
      json.hasPrefix(
        #"{"events":\#(tree.eventCount),"header":{"critics":[{"name":"value","scope":"everyNode","weight":1}"#))
    #expect(json.contains(#""models":{"policy":"tiny 1234"},"parameters":{"auto.easy":0.5,"#))
    #expect(json.contains(#""seed":7,"version":"0.1.0"}"#))
  }

  @Test func copiesOfARunAreTheSameBytes() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let (one, tree) = try ScriptedDriver.run(in: workspace)
    let (two, _) = try ScriptedDriver.run(in: workspace)
    #expect(two == one + "-2")
    for format in RunFormat.all {
      let bytes = try workspace.export(run: one, format: format)
      #expect(try workspace.export(run: two, format: format) == bytes)
      #expect(try RunExport(tree).data(format) == bytes)
    }
  }

  @Test func brokenTextComesWithItsBytes() throws {
    let json = try text(tree([[0xFF, 0x0A], Array("\u{1B}\0\n".utf8), Array("#### 5\n".utf8)]), .json)
    #expect(json.contains(#""bytes":"/wo=""#) && json.contains(#""option":"\#u{FFFD}\n""#))
    #expect(json.contains(#""option":"\u001b\u0000\n""#))
    #expect(json.components(separatedBy: #""bytes""#).count == 2)
  }

  @Test func nodesTakenBackAreLeftOut() throws {
    var search = Search(tree: try tree())
    try search.intervene(.insert(node: .root, option: SearchOption(bytes: [0x78], termination: .person)))
    var driver = ScriptedDriver(options: [Array("below\n".utf8)], scores: [["value": 0.9], ["value": 0.9]])
    _ = driver.run(&search, simulations: 4)
    try search.intervene(.expand(node: NodeID(4), count: 1))
    _ = driver.run(&search, simulations: 5)
    #expect(try RunExport(search.tree).shown.map(\.offset) == [0, 1, 2, 3, 4, 5])
    let undone = [search.undo(), search.undo()]
    #expect(undone == [true, true])
    #expect(try RunExport(search.tree).shown.map(\.offset) == [0, 1, 2, 3])
    #expect(try !text(search.tree, .json).contains(#"below\n"#))
    #expect(TreeAudit.findings(search.tree) == [])
    let redone = search.redo()
    #expect(redone)
    // The child of the node brought back was taken back by itself and stays away.
    #expect(try RunExport(search.tree).shown.map(\.offset) == [0, 1, 2, 3, 4])
  }

  @Test func dotOfTheSmallRun() throws {
    let tree = try tree()
    let run = try RunFingerprint.of(tree.header)
    #expect(
      try text(tree, .dot) == """
        digraph "\(run)" {
          node [shape=box, fontname="monospace"];
          n0 [label="0\\nWhat is 2 + 3?\\nN 3  Q 0.600", peripheries=1, style="bold"];
          n1 [label="1\\n2 + 3 = 5\\nN 2  Q 0.825", peripheries=1, style="bold"];
          n0 -> n1;
          n2 [label="2\\n2 + 3 = 6\\nN 1  Q 0.150", peripheries=1];
          n0 -> n2;
          n3 [label="3\\n#### 5\\nN 1  Q 0.800", peripheries=2, style="bold"];
          n1 -> n3;
        }

        """)
  }

  @Test func hostileTextStaysInsideItsLabelAndCell() throws {
    let hostile = try tree([Array("a\"]; } \\ | `x` <b>\u{1B}[2J\u{202E}\n".utf8)], simulations: 1)
    #expect(try text(hostile, .dot).contains(#"label="1\na\"]; } \\ | `x` <b>␛[2J\#u{FFFD}\nN 1"#))
    #expect(try text(hostile, .markdown).contains(#"| a"\]; \} \\ \| \`x\` \<b\>␛\[2J\#u{FFFD} |"#))
  }

  @Test func markdownOfTheSmallRun() throws {
    let lines = try text(tree(), .markdown).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines.contains("> What is 2 + 3?") && lines.contains("Reference answer: 5"))
    #expect(lines.contains("3 simulations, 4 nodes, 3 draws; tokens: 6 policy, 0 rollout, 0 critic, 0 reused; seed 7."))
    #expect(lines.contains("| rerank | 5 | 0.800 | 3 | yes |"))
    #expect(lines.contains("1. 2 + 3 = 5 (node 1, Q 0.825)") && lines.contains(##"2. \#\#\#\# 5 (node 3, Q 0.800)"##))
    #expect(lines.contains("| 2 | 0 | 1 | 1 | 0.150 | 0.200 | 0.100 | – | 0.150 | – | 2 + 3 = 6 |"))
    #expect(lines.contains(##"| 3 | 1 | 2 | 1 | 0.800 | 0.900 | 0.700 | – | 0.800 | answer | \#\#\#\# 5 |"##))
  }

  @Test(
    arguments: [(0.0, "0.000"), (1, "1.000"), (0.9996, "1.000"), (-0.0504, "-0.050"), (12.3456, "12.346"), (.nan, "–")]
      as [(Double, String)])
  func numbersAreRoundedToThousandths(_ value: Double, _ text: String) { #expect(RunExport.short(value) == text) }
}
