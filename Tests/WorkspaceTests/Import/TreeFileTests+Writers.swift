import Foundation
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Workspace

/// Shapes that the programs' own writers give their files, beside those among the samples: each text is of our own making.
extension TreeFileTests {
  private func tree(_ text: String, _ number: Int = 0) throws -> (SearchTree, TreeImportReport) {
    let report = try imported(text: text)
    return (try workspace.tree(of: report.runs[number]), report)
  }

  private func texts(_ tree: SearchTree) -> [String?] {
    tree.nodes.indices.dropFirst().map { tree.details[$0].option?.text }
  }

  private func parents(_ tree: SearchTree) -> [Int] { tree.nodes.dropFirst().map(\.parent.offset) }

  // MARK: - Tree of Thoughts

  @Test func outcomesOfThoughtsAreTheirScores() throws {
    let (tree, report) = try tree(
      #"""
      [{"steps": [{"step": 0, "x": "2 3", "ys": [""], "new_ys": ["2+3\n", "2*3\n"], "values": [3.0, 0.001],
       "select_new_ys": ["2+3\n"]}], "idx": 900, "ys": ["2+3\n"], "infos": [{"r": 1}],
       "usage_so_far": {"completion_tokens": 5, "prompt_tokens": 7, "cost": 0.1}}]
      """#)
    #expect(report.format == "tree-of-thoughts" && report.nodes == 2 && report.widest == 2)
    #expect(tree.score("orm", of: NodeID(1)) == 1 && tree.score("orm", of: NodeID(2)) == nil)
    #expect(tree.header.problem.id == "tot-900" && tree.header.problem.question == "2 3")
  }

  /// Without a search, the log has texts and what each came to.
  @Test func sampledThoughtsAreRead() throws {
    let (tree, report) = try tree(
      #"[{"idx": 1, "ys": ["a\nAnswer: 1\n", "b\n", "b\n"], "infos": [{"r": 0}, {"r": 1}, {"r": 1}], "usage_so_far": {}}]"#
    )
    #expect(report.format == "tree-of-thoughts" && report.nodes == 3 && report.depth == 1 && report.duplicates == 1)
    #expect((1...3).map { tree.score("orm", of: NodeID($0)) } == [0, 1, nil])
  }

  @Test func depthFirstLogsOfCrosswordsAreTrees() throws {
    let text = #"""
      [[{"total_step": 0, "env_step": 1, "actions": ["h1. apple"], "info": {"r_letter": 0.2, "r_word": 0.1},
         "count": {"sure": 1, "maybe": 0, "impossible": 0}},
        {"total_step": 1, "env_step": 2, "actions": ["h1. apple", "v1. arrow"], "info": {"r_letter": 0.4}, "count": {}},
        {"total_step": 2, "env_step": 2, "actions": ["h1. apple", "v2. plane"], "info": {"r_letter": 0.3}, "count": {}}],
       [{"total_step": 0, "env_step": 2, "actions": ["gone", "left"], "info": {}, "count": {}},
        {"total_step": 1, "env_step": 1, "actions": ["h2. grape"], "info": {}, "count": {}}]]
      """#
    let (tree, report) = try tree(text)
    #expect(report.format == "tree-of-thoughts" && report.read == 2 && report.runs.count == 2)
    #expect(report.nodes == 4 && report.depth == 2 && report.widest == 2 && report.orphans == 1)
    #expect(texts(tree) == ["h1. apple\n", "v1. arrow\n", "v2. plane\n"] && parents(tree) == [0, 1, 1])
    #expect(tree.score("r_letter", of: NodeID(2)) == 0.4 && tree.origin?.isOrdered == true)
  }

  // MARK: - llm-reasoners

  @Test func statesAndVisitsOfATreeLogAreKept() throws {
    let (tree, _) = try tree(
      #"""
      {"logs": [{"nodes": {"0": {"id": 0, "data": {}, "selected_edge": 0, "convert_images": true},
        "1": {"id": 1, "data": {"block state": "red on blue", "# goals satisfied": "N/A", "# visited": 3}},
        "2": {"id": 2, "data": {"question": "How many?", "answer": "Two."}, "selected_edge": null}},
       "edges": {"0": {"id": 0, "source": 0, "target": 1, "data": {"Q": 0.5, "self_eval": "N/A", "action": "lift red"}},
        "1": {"id": 1, "source": 1, "target": 2, "data": {"Q": -Infinity, "reward": 0.5}}}}]}
      """#)
    #expect(texts(tree) == ["lift red\n", "question: How many?\nanswer: Two.\n"])
    #expect(tree.details[1].option?.thinking == "block state: red on blue\n# goals satisfied: N/A\n# visited: 3")
    #expect(tree.nodes[1].knownVisits == 3 && tree.nodes[1].meanValue == 0.5 && tree.nodes[2].reward == 0.5)
  }

  // MARK: - Placeholders

  /// Where nothing was ever backed up, writers put a number in the mean's place: it is none.
  @Test func whatWasNeverVisitedHasNoMean() throws {
    var (tree, report) = try tree(
      #"""
      {"children": {"a": {"children": {}, "info": {"visit_cnt": 0, "value": 0.7, "prior_p": 0.5, "initial_value": 0.7,
       "terminated": false, "last_action": "a", "prm_value": null}}}, "info": {"visit_cnt": 0, "value": 0.0, "text_state": "Q"}}
      """#)
    #expect(tree.nodes.map(\.knownVisits) == [0, 0])
    #expect(tree.nodes.allSatisfy { $0.reward == nil && $0.meanValue == nil })
    #expect(tree.score("value", of: NodeID(1)) == 0.7 && report.findings.isEmpty)
    (tree, report) = try self.tree(
      #"""
      {"question": "Q", "react": {"0": {"text": "", "extra_info": "question: Q", "value": 0.5, "q_value": 0.5, "prior": 1.0,
       "visit_count": 1, "final_answer": "", "action": "", "action_input": ""}, "0.0": {"text": "a", "extra_info": "",
       "value": -100, "q_value": 0, "prior": 0.5, "visit_count": 0, "final_answer": ""}, "0.1": {"text": "b", "value": -100,
       "q_value": 0, "prior": 0.5, "visit_count": 0,
       "final_answer": "Fail to sove the problem within limited steps."}}}
      """#)
    #expect(report.scales.isEmpty, "-100 stands for no value, and stretches no range")
    #expect(tree.nodes.dropFirst().allSatisfy { $0.reward == nil && $0.knownVisits == 0 })
    #expect(tree.score("value", of: .root) == 0.5 && tree.score("value", of: NodeID(1)) == nil)
    #expect(tree[NodeID(2)].terminal == .endOfText && tree.details[2].answer == nil, "giving up is no answer")
    #expect(tree[NodeID(1)].terminal == nil)
  }

  /// One object may hold the trees of many problems, by their questions.
  @Test func treesByTheirQuestionsAreAllRead() throws {
    let (tree, report) = try tree(
      #"""
      {"How many apples?": {"0": {"q_value": 1, "visit_count": 1}, "0.0": {"text": "Two.", "q_value": 1, "visit_count": 1}},
       "How many pears?": {"0": {}, "0.0": {"text": "One."}, "0.1": {"text": "Three."}}}
      """#, 1)
    #expect(report.runs.count == 2 && report.nodes == 3 && report.widest == 2)
    #expect(tree.header.problem.question == "How many pears?")
  }

  // MARK: - OmegaPRM

  @Test func prefixesOfSolutionsBecomeATree() throws {
    let (tree, report) = try tree(
      #"""
      {"question": "Q?", "final_answer": "3", "reasoning_steps": [{"solution_prefix": "Q?", "mc_value": 0.5},
       {"solution_prefix": "Q?\n\nA\n\nB", "mc_value": 1.0}, {"solution_prefix": "Q?\n\nA", "mc_value": 0.75},
       {"solution_prefix": "Q?\n\nC", "mc_value": null}, {"solution_prefix": "Q?\n\nC", "mc_value": 0.0},
       {"solution_prefix": "Q?\n\nA\n\nB2", "mc_value": 0.25}]}
      """#)
    #expect(report.format == "omegaprm" && report.nodes == 5 && report.depth == 2 && report.widest == 3)
    #expect(report.duplicates == 1 && report.findings.counts == [.duplicate: 1])
    #expect(texts(tree) == ["A\n", "B\n", "C\n", "C\n", "B2\n"], "a step that begins as another is one of its own")
    #expect(parents(tree) == [0, 1, 0, 0, 1] && tree.score("value", of: .root) == 0.5)
  }

  /// The writer cuts the blanks off the question before it is the first text.
  @Test func theQuestionIsNoStep() throws {
    let (tree, report) = try tree(
      #"""
      {"question": " Q?\n", "final_answer": "3", "reasoning_steps": {"text": "Q?", "mc_value": 0.5,
       "children": [{"text": "A", "mc_value": 1.0, "children": []}]}}
      """#)
    #expect(report.nodes == 1 && texts(tree) == ["A\n"])
  }

  // MARK: - Moatless

  @Test(arguments: ["%@", #"{"nodes": %@, "metadata": {"instance_id": "demo__2"}}"#])
  func nodesOfMoatlessMayBeListed(around: String) throws {
    let nodes = #"""
      [{"node_id": 0, "parent_id": null, "message": "Fix it.", "visits": 2, "value": 100.0},
       {"node_id": 1, "parent_id": 0, "action": {"query": "bug", "action_args_class": "m.FindArgs"}, "visits": 2,
        "value": 100.0, "output": {"message": "found", "terminal": false}},
       {"node_id": 2, "parent_id": 1, "action": {"action_args_class": "m.FinishArgs"}, "visits": 1, "value": 50.0,
        "observation": {"message": "done", "terminal": true}, "output": {"message": "done", "terminal": true}},
       {"node_id": 3, "parent_id": 9, "action": {"action_args_class": "m.FindArgs"}, "visits": 0, "value": null}]
      """#
    let (tree, report) = try tree(around.replacing("%@", with: nodes))
    #expect(report.format == "moatless" && report.nodes == 2 && report.depth == 2 && report.orphans == 1)
    #expect(tree.header.problem.question == "Fix it." && parents(tree) == [0, 1])
    #expect(tree.nodes.map(\.meanValue) == [0.75, 0.75, 0.75])
    #expect(tree.details[1].option?.thinking == "found" && tree[NodeID(2)].terminal == .endOfText)
    #expect(tree[NodeID(1)].terminal == nil)
  }

  @Test func requestsOfSWESearchAreItsActions() throws {
    let (tree, _) = try tree(
      #"""
      {"name": "t", "workspace": {}, "initial_message": "Fix it.", "current_transition_id": 1, "info": {"instance_id": "demo__3"},
       "transitions": [{"id": 0, "name": "Pending", "created_at": "2024-01-01"}, {"id": 1, "name": "SearchCode",
       "previous_state_id": 0, "actions": [{"request": {"query": "bug", "scratch_pad": "look"}, "response": {"trigger": "did_search"}}]}]}
      """#)
    #expect(texts(tree) == ["SearchCode\nquery: bug\nscratch_pad: look\n"] && tree.header.problem.id == "demo__3")
  }

  /// The oldest trajectories have no numbers: one transition follows the other.
  @Test func transitionsWithoutNumbersAreAChain() throws {
    let (tree, report) = try tree(
      #"""
      {"name": "t", "initial_message": "Fix it.", "transitions": [{"name": "Search", "state": {}, "actions": [{"action":
       {"query": "bug"}}]}, {"name": "Edit", "state": {}, "actions": []}], "info": {}}
      """#)
    #expect(report.format == "swe-search" && report.nodes == 2 && report.depth == 2 && report.orphans == 0)
    #expect(texts(tree) == ["Search\nquery: bug\n", "Edit\n"])
  }

  // MARK: - mcts-reasoning

  /// A node that was written by itself: its value is a sum there, too.
  @Test func aNodeOfMctsReasoningIsATree() throws {
    let (tree, report) = try tree(
      #"""
      {"state": "Question: 2+3?\n", "visits": 4, "value": 3.0, "is_terminal": false, "answer": null, "_continuations": null,
       "_continuation_index": 0, "_continuation_info": null, "children": [{"state": "Question: 2+3?\n5\n", "visits": 4, "value": 3.0,
       "is_terminal": true, "answer": "5", "_continuations": ["x"], "_continuation_index": 1, "children": []}]}
      """#)
    #expect(report.format == "mcts-reasoning" && tree.nodes.map(\.meanValue) == [0.75, 0.75] && texts(tree) == ["5\n"])
    #expect(tree.header.problem.question == "Question: 2+3?")
  }

  // MARK: - Looms

  @Test(arguments: [
    #"{"current": "b", "hoisted": [], "nodes": {"a": {"text": "Once", "parentId": null, "unread": false}, "b": {"text": " upon", "parentId": "a"}, "c": {"text": " there", "parentId": "a", "bookmarked": true}}, "generating": null}"#,
    #"{"nodes": [{"id": "a", "parent_id": null, "root_id": "a", "text": "Once", "kind": "text"}, {"id": "b", "parent_id": "a", "root_id": "a", "text": " upon"}, {"id": "c", "parent_id": "a", "root_id": "a", "text": " there", "metadata": {}}]}"#,
    #"{"nodes": [{"id": "a", "parentIds": [], "text": "Once"}, {"id": "b", "parentIds": ["a"], "text": " upon"}, {"id": "c", "parentIds": ["a"], "text": " there"}]}"#,
    #"{"loomType": "Exoloom", "schemaVersion": 1, "tree": {"rootNodeId": 1, "nodes": {"1": {"content": "Once", "parentId": null, "childrenIds": [2, 3]}, "2": {"content": " upon", "parentId": 1, "childrenIds": []}, "3": {"content": " there", "parentId": 1, "childrenIds": []}}}, "lens": {"bookmarks": []}}"#,
  ]) func loomsNameTheirParentsInManyWays(text: String) throws {
    let (tree, report) = try tree(text)
    #expect(report.format == "loom" && report.nodes == 3 && report.depth == 2 && report.widest == 2)
    #expect(report.orphans == 0 && texts(tree) == ["Once", " upon", " there"] && parents(tree) == [0, 1, 1])
  }

  @Test func aLoomsRootMayHaveNoText() throws {
    let (tree, report) = try tree(
      #"{"nodes": {"r": {"type": "root", "parent": null}, "a": {"text": "Once", "parent": "r"}, "b": {"text": " upon", "parent": "a"}}}"#
    )
    #expect(report.nodes == 2 && report.depth == 2 && parents(tree) == [0, 1])
  }

  // MARK: - Inspect

  /// Long texts stand beside the events, and a model that calls a tool may say nothing else.
  @Test func attachmentsAndCallsOfInspectAreRead() throws {
    let (tree, report) = try tree(
      #"""
      {"version": 2, "eval": {"model": "demo/one"}, "samples": [{"id": 7, "epoch": 1, "target": ["5"], "input": [
       {"role": "system", "content": "Be brief."}, {"role": "user", "content": [{"type": "text", "text": "attachment://q"}]}],
       "attachments": {"q": "A long question?", "r": "A long result"}, "events": [
       {"event": "model", "span_id": "s", "output": {"choices": [{"message": {"role": "assistant", "content": "",
        "tool_calls": [{"id": "1", "function": "bash", "arguments": {"cmd": "ls"}}]}}]}},
       {"event": "tool", "span_id": "s", "function": "bash", "result": "attachment://r"},
       {"event": "model", "span_id": "s", "output": {"choices": [{"message": {"content": [{"type": "reasoning", "reasoning":
        "hm"}, {"type": "text", "text": "ANSWER: 5"}]}}]}}]}]}
      """#)
    #expect(tree.header.problem.question == "A long question?" && report.depth == 3)
    #expect(texts(tree) == ["bash(cmd: ls)\n", "bash: A long result\n", "ANSWER: 5\n"])
  }

  /// A tool has a span of its own, in which nothing stands; a request that failed said nothing; two solvers at once make a fork.
  @Test func spansOfToolsAndForksOfInspectAreRead() throws {
    func said(_ span: String, _ text: String, calls: String = "[]") -> String {
      #"{"event": "model", "span_id": "\#(span)", "output": {"choices": [{"message": {"content": "\#(text)", "tool_calls": \#(calls)}}]}}"#
    }
    func begin(_ id: String, in parent: String) -> String {
      #"{"event": "span_begin", "id": "\#(id)", "parent_id": "\#(parent)", "span_id": "\#(id)"}"#
    }
    func end(_ id: String) -> String { #"{"event": "span_end", "id": "\#(id)", "span_id": "\#(id)"}"# }
    let events = [
      begin("all", in: ""), begin("one", in: "all"),
      #"{"event": "model", "span_id": "one", "error": "refused", "output": {"choices": []}}"#,
      said("one", "Let me add.", calls: #"[{"function": "add", "arguments": {"x": 2, "y": [2,   3]}}]"#),
      begin("tool", in: "one"), #"{"event": "tool", "span_id": "one", "function": "add", "result": "4"}"#, end("tool"),
      said("one", "So 4."), end("one"),
      begin("a", in: "all"), begin("b", in: "all"), said("a", "A: 4"), end("a"), said("b", "B: 5"), end("b"),
      end("all"),
    ]
    let (tree, report) = try tree(
      #"{"version": 2, "eval": {"model": "m"}, "samples": [{"id": 1, "input": "Q?", "target": "4", "events": [\#(events.joined(separator: ","))]}]}"#
    )
    #expect(report.nodes == 5 && report.depth == 4 && report.widest == 2)
    #expect(texts(tree) == ["Let me add.\nadd(x: 2, y: [2, 3])\n", "add: 4\n", "So 4.\n", "A: 4\n", "B: 5\n"])
    #expect(parents(tree) == [0, 1, 2, 3, 3])
  }

  // MARK: - OpenEvolve

  /// A checkpoint has the programs of its archive only: what they were made of may be gone.
  @Test func programsWhoseParentsAreGoneAreKept() throws {
    try FileManager.default.createDirectory(atPath: scratch.file("ck/programs"), withIntermediateDirectories: true)
    _ = try scratch.write("ck/metadata.json", Array("{}".utf8))
    for (id, parent, found) in [("p0", "null", 0), ("p3", #""p1""#, 3), ("p5", #""p3""#, 5), ("p6", #""p2""#, 6)] {
      let program =
        #"{"id": "\#(id)", "code": "x = \#(found)", "parent_id": \#(parent), "iteration_found": \#(found), "metrics": {}}"#
      _ = try scratch.write("ck/programs/\(id).json", Array(program.utf8))
    }
    let report = try imported(scratch.file("ck"))
    let tree = try workspace.tree(of: report.runs[0])
    #expect(report.nodes == 4 && report.depth == 2 && report.widest == 3 && report.orphans == 2)
    #expect(report.findings.counts[.orphan] == 2 && report.findings.outcomes[.dropped] == nil)
    #expect(texts(tree) == ["x = 0\n", "x = 3\n", "x = 5\n", "x = 6\n"] && parents(tree) == [0, 0, 2, 0])
  }

  // MARK: - Bytes

  /// Windows' ends of lines, a mark at the beginning and blanks at the end change nothing.
  @Test func endsOfLinesAndMarksChangeNothing() throws {
    let line = #"{"question": "Q", "reasoning_steps": {"text": "", "children": [{"text": "a"}]}}"#
    let bytes = [0xEF, 0xBB, 0xBF] + Array("\(line)\r\n\r\n\(line.replacing("\"a\"", with: "\"b\""))\r\n \n".utf8)
    let report = try imported(try scratch.write("crlf.jsonl", bytes))
    #expect(report.read == 2 && report.newRuns == 2 && report.nodes == 2 && report.findings.isEmpty)
  }
}
