#if TESTABLE
  import Foundation
  import Vocabulary

  @testable import Lab
  @testable import TreeInsight
  @testable import TreeSearch
  @testable import Workspace

  /// What a workspace holds, as its readers get it.
  extension FuzzTarget {
    /// One event: the reader that knows canonical JSON only, and the general one.
    static let events = FuzzTarget(
      "events", words: eventWords, longest: 1 << 12, quick: 2_000, seeds: { try seededLines() }
    ) {
      bytes in
      let data = Data(bytes)
      let decoder = CanonicalJSON.decoder()
      let fast = SearchEvent(canonical: data)
      let general = try? decoder.decode(SearchEvent.self, from: data)
      if let fast {
        guard let general else { throw FuzzFinding("only the canonical reader takes it for \(fast)") }
        let (a, b) = (try CanonicalJSON.data(fast), try CanonicalJSON.data(general))
        try FuzzFinding.require(a == b, "the canonical reader says \(fast), the general one \(general)")
      }
      guard let event = general else { return }
      let written = try CanonicalJSON.data(event)
      let back = try SearchEvent(canonical: written) ?? decoder.decode(SearchEvent.self, from: written)
      try FuzzFinding.require(try CanonicalJSON.data(back) == written, "it is not what was written of it: \(event)")
    }

    /// A whole journal, an event a line, and all that is made of its tree.
    static let journals = FuzzTarget(
      "journals", words: eventWords, longest: 1 << 13, quick: 250, seeds: { try seededJournals() }
    ) { bytes in
      let decoder = CanonicalJSON.decoder()
      let events = bytes.split(separator: 0x0A).compactMap { line in
        let data = Data(line)
        return SearchEvent(canonical: data) ?? (try? decoder.decode(SearchEvent.self, from: data))
      }
      var timeline = Timeline(SearchTree(header: try SharedFixtures.header.made()))
      // One that does not fit ends the journal: what came before it stands.
      for event in events { do { try timeline.append(event) } catch { break } }
      try TreeReading.all(timeline)
    }

    /// The journal of a round, and what it comes to.
    static let rounds = FuzzTarget(
      "rounds",
      words: ["\"began\":", "\"ended\":", "\"failed\":", "\"decided\":", "\"item\":", "\"trained\":", "\"at\":"]
    ) { bytes in
      let lines = bytes.split(separator: 0x0A).map { Data($0) }
      var plan = RoundPlan()
      if let first = lines.first, let read = try? RoundPlan(kept: first) { plan = read }
      let events = lines.compactMap { try? CanonicalJSON.value(RoundEvent.self, from: $0) }
      let state = RoundState(plan, events)
      _ = state.next
      _ = try CanonicalJSON.data(plan)
    }

    private static let eventWords = [
      "{\"asked\":", "{\"answered\":", "{\"selected\":", "{\"added\":", "{\"evaluated\":", "{\"backedUp\":",
      "{\"rejected\":", "{\"merged\":", "{\"intervened\":", "\"request\":", "\"node\":", "\"parent\":", "\"draws\":",
      "\"reward\":", "\"options\":", "\"scores\":", "\"rollouts\":", "\"spent\":", "\"draw\":", "\"usage\":",
      "\"policy\":", "\"children\":", "\"widen\":true", "\"terminal\":", "\"answer\":", "\"prune\":", "\"split\":",
      "\"set\":", "\"override\":", "\"inf\"", "\"nan\"", "\"seed\":", "1e0", "1.0", ",",
    ]

    private static func seededLines() throws -> [[UInt8]] {
      var seen: Set<String> = []
      // One of each kind, and of each set of keys.
      return try (0..<4).flatMap { try SharedFixtures.journal($0).map { try CanonicalJSON.data($0) } }.filter { line in
        seen.insert(
          String(decoding: line, as: UTF8.self).filter { !$0.isNumber && $0 != "-" && $0 != "." }.prefix(60).description
        )
        .inserted
      }.map { [UInt8]($0) }
    }

    private static func seededJournals() throws -> [[UInt8]] {
      try (0..<4).map { number in
        let lines = try SharedFixtures.journal(number).map { try CanonicalJSON.data($0) }
        return Array([UInt8](lines.joined(separator: [0x0A])).prefix(1 << 13))
      }
    }
  }

  /// Everything that is asked of a tree whose journal somebody else wrote.
  private enum TreeReading {
    static func all(_ timeline: Timeline) throws {
      let tree = timeline.latest
      let finals = tree.finalAnswers()
      _ = tree.candidates().map { tree.path(to: $0.node) }
      _ = tree.rightAndNotChosen(finals)
      _ = ChosenAnswer(timeline)
      for id in tree.nodes.indices.map(NodeID.init) {
        for filter in try SharedFixtures.filters.made() { _ = filter.matches(id, in: tree) }
      }
      for format in RunFormat.all { _ = try RunExport(tree, withThinking: true).data(format) }
      let middle = timeline.tree(at: tree.eventCount / 2)
      var moved = middle
      timeline.move(&moved, to: tree.eventCount)
      try FuzzFinding.require(moved.nodes == tree.nodes, "the tree is another one after a step into the past")
      for moment in 0..<tree.eventCount { _ = timeline.event(before: moment)?.sentence(in: tree) }
      // Somebody goes on with the run.
      var search = Search(tree: tree)
      _ = search.ask(upTo: tree.simulations &+ 2)
      _ = search.undo()
      _ = search.redo()
      _ = TreeAudit.findings(search.tree)
    }
  }
#endif
