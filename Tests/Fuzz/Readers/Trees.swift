#if TESTABLE
  import Foundation
  import Vocabulary

  @testable import TreeInsight
  @testable import TreeSearch
  @testable import Workspace

  /// Trees of other programs, a target a form.
  extension FuzzTarget {
    static let trees = TreeFormat.all.map(tree)

    private static func tree(_ format: TreeFormat) -> FuzzTarget {
      FuzzTarget(
        "tree-\(format.name)",
        words: [
          "\"children\":", "\"id\":", "\"parent\":", "\"root\":", "\"nodes\":", "\"info\":", "\"text\":", "\"value\":",
          "\"visits\":", "\"visit_cnt\":", "NaN", "-Infinity", "1e999", "-1", "null", "\"0.0.0\":", "\"\\ud83d\"", "{}",
          "[]", "\"steps\":", "\"gone\"", "2147483648", "\"\\u001b[2J\"",
        ], quick: 200
      ) { bytes in try read(bytes, format) }
    }

    /// Whatever a file is: what becomes of it holds together, is the same when it is written and read again, and is safe to show.
    private static func read(_ bytes: [UInt8], _ format: TreeFormat) throws {
      do {
        let values =
          try (try? [JSONText(bytes).root])
          ?? bytes.split(separator: 0x0A).map { try JSONText(Array($0)).root }
        let listed = values.count == 1 ? values[0].list.map(Array.init) : nil
        let elements = listed.flatMap { format.fits(values[0]) ? nil : $0 } ?? values
        for group in format.joinsLines ? [elements] : elements.map({ [$0] }) where group.allSatisfy(format.fits) {
          for draft in try format.read(group) { try check(draft, format) }
        }
      } catch let fault as TreeFault {
        try FuzzFinding.requireSafe(
          ProblemFileError(file: "f", line: 1, field: fault.field, fault.expected).description)
        throw fault
      }
    }

    private static func check(_ draft: TreeDraft, _ format: TreeFormat) throws {
      let made = try TreeAssembly(
        draft, format: format, .init(file: "a/f.json", version: "1"), number: 0, line: { "byte \($0)" })
      for finding in made.findings.first { try FuzzFinding.requireSafe(finding.place + finding.words) }
      let holes = TreeAudit.findings(made.tree)
      try FuzzFinding.require(holes.isEmpty, "the tree does not hold together: \(holes)")
      let encoder = CanonicalJSON.encoder()
      let json = try made.events.map { try $0.canonical(encoder) }
      let back = try json.map { try CanonicalJSON.value(SearchEvent.self, from: $0) }
      try FuzzFinding.require(back == made.events, "an event is not what was written of it")
      let again = try SearchTree(header: made.header, events: made.events)
      try FuzzFinding.require(again == made.tree, "the events make another tree")
      _ = try RunExport(made.tree).data(.json)
      _ = made.tree.finalAnswers()
    }
  }
#endif
