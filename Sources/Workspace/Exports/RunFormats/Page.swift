import Foundation
import TreeSearch
import Vocabulary

extension RunFormat {
  /// A page for a browser.
  public static let page = RunFormat(
    name: "html", help: "one page for a browser, without a network: the tree to fold and to filter"
  ) { export, stream in try export.page(&stream) }
}

/// Every text is escaped where it stands, and the page's own script only hides, shows and copies texts as texts: a policy in the page
/// forbids any other script, style, picture or connection.
extension RunExport {
  fileprivate func page(_ stream: inout ExportStream) throws {
    let title = MarkupText.escaped("Run \(run)")
    let policy =
      "default-src 'none'; style-src 'sha256-\(Self.digest(PageParts.style))'; script-src 'sha256-\(Self.digest(PageParts.script))'"
    try stream.put(
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title)</title>
      <style>\(PageParts.style)</style>
      </head>
      <body>
      <header>
      <h1>\(title)</h1>
      <p class="question">\(MarkupText.escaped(tree.header.problem.question))</p>
      <p>\(MarkupText.escaped(summary))</p>
      <label>Filter <input id="filter" type="search" autocomplete="off"></label>
      <button id="fold">Fold all</button>
      <button id="unfold">Unfold all</button>
      <span id="count" role="status"></span>
      </header>
      <main>
      <div id="tree" role="tree" aria-label="Search tree">

      """)
    try rows(&stream)
    try stream.put(
      """
      </div>
      <section id="detail" aria-live="polite"><p>Choose a step to see its path and its numbers.</p></section>
      </main>
      <script>\(PageParts.script)</script>
      </body>
      </html>

      """)
  }

  private var summary: String {
    let answer = tree.chosen.map { "Answer: \($0.answer). " } ?? ""
    let reference = tree.header.problem.answer.map { "Reference: \($0). " } ?? ""
    return "\(answer)\(reference)\(tree.simulations) simulations, \(tree.nodeCount) nodes."
  }

  /// A row a node, each followed by those below it.
  private func rows(_ stream: inout ExportStream) throws {
    let search = Search(tree: tree)
    let best = Set(tree.chosenPath())
    var waiting: [NodeID] = [.root]
    while let id = waiting.popLast() {
      let row = NodeRow(id, in: tree)
      let children = Array(tree.children(of: id))
      waiting += children.reversed()
      let kinds =
        ["row", "d\(min(row.depth, PageParts.deepest))"] + (best.contains(id) ? ["best"] : [])
        + (row.isPruned ? ["pruned"] : [])
      let expanded = children.isEmpty ? "" : " aria-expanded=\"true\""
      let ending = row.answer.map { " → \($0)" } ?? row.terminal.map { " (\($0))" } ?? ""
      try stream.put(
        "<div class=\"\(kinds.joined(separator: " "))\" role=\"treeitem\" tabindex=\"\(id == .root ? 0 : -1)\" "
          + "aria-level=\"\(row.depth + 1)\"\(expanded) data-n=\"\(id)\" data-p=\"\(row.parent ?? -1)\" "
          + "data-w=\"\(MarkupText.escaped(why(id, row, search)))\"><span class=\"t\">\(children.isEmpty ? "·" : "▾")</span>"
          + "<span class=\"x\">\(MarkupText.escaped(row.text.trimmingCharacters(in: .whitespacesAndNewlines) + ending))</span>"
          + "<span class=\"n\">N \(row.visits.map { "\($0)" } ?? "–")</span><span class=\"n\">Q \(Self.short(row.q))</span></div>\n"
      )
    }
  }

  /// What is known of a node, a line each.
  private func why(_ id: NodeID, _ row: NodeRow, _ search: Search) -> String {
    var lines = [
      "Node \(id): N \(row.visits.map { "\($0)" } ?? "not known"), Q \(Self.short(row.q)), reward \(Self.short(row.reward))"
    ]
    if row.visits != nil, let terms = search.terms(of: id) {
      let process = terms.process == 0 ? "" : " + process \(Self.short(terms.process))"
      lines.append(
        "Selection would compare \(Self.short(terms.total)) = Q \(Self.short(terms.exploitation)) + exploration "
          + "\(Self.short(terms.exploration))\(process)")
    }
    if let prior = row.prior { lines.append("Prior \(Self.short(prior))") }
    let detail = tree.details[id.offset]
    for said in detail.scores {
      let note = said.note.map { ": \($0)" } ?? ""
      lines.append("\(said.critic) \(Self.short(detail.score(said.critic)))\(note)")
    }
    if row.isPruned { lines.append("Pruned: no later simulation enters it") }
    if row.isInserted { lines.append("Written by a person") }
    return lines.joined(separator: "\n")
  }

  /// SHA-256 as such policies write it.
  private static func digest(_ text: String) -> String {
    let hex = Array(SHA256.hex(text.utf8).utf8)
    let bytes = stride(from: 0, to: hex.count, by: 2).compactMap {
      UInt8(String(decoding: hex[$0...$0 + 1], as: UTF8.self), radix: 16)
    }
    return Data(bytes).base64EncodedString()
  }
}
