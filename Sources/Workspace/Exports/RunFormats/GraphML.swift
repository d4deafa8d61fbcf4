import Foundation
import TreeSearch
import Vocabulary

extension RunFormat {
  /// A graph for yEd, Gephi, NetworkX and igraph.
  public static let graphML = RunFormat(
    name: "graphml", help: "a graph for yEd, Gephi, NetworkX and igraph"
  ) { export, stream in try export.graphML(&stream) }
}

extension RunExport {
  /// The attributes of a node with GraphML's type.
  private static let attributes: [(name: String, type: String)] = [
    ("text", "string"), ("depth", "int"), ("visits", "int"), ("q", "double"), ("reward", "double"), ("value", "double"),
    ("prm", "double"), ("orm", "double"), ("prior", "double"), ("terminal", "string"), ("answer", "string"),
    ("pruned", "boolean"), ("inserted", "boolean"),
  ]

  fileprivate func graphML(_ stream: inout ExportStream) throws {
    try stream.put(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <graphml xmlns="http://graphml.graphdrawing.org/xmlns">

      """)
    for (name, type) in Self.attributes {
      try stream.put("<key id=\"\(name)\" for=\"node\" attr.name=\"\(name)\" attr.type=\"\(type)\"/>\n")
    }
    try stream.put("<graph id=\"\(MarkupText.escaped(run))\" edgedefault=\"directed\">\n")
    for id in shown {
      let facts = NodeRow(id, in: tree)
      let values: [String?] = [
        facts.text, "\(facts.depth)", facts.visits.map { "\($0)" }, facts.q.map { "\($0)" },
        facts.reward.map { "\($0)" },
        facts.value.map { "\($0)" }, facts.prm.map { "\($0)" }, facts.orm.map { "\($0)" }, facts.prior.map { "\($0)" },
        facts.terminal, facts.answer, "\(facts.isPruned)", "\(facts.isInserted)",
      ]
      let data = zip(Self.attributes, values).compactMap { attribute, value in
        value.map { "<data key=\"\(attribute.name)\">\(MarkupText.escaped($0))</data>" }
      }
      try stream.put("<node id=\"n\(id)\">\(data.joined())</node>\n")
      if let parent = facts.parent { try stream.put("<edge source=\"n\(parent)\" target=\"n\(id)\"/>\n") }
    }
    try stream.put("</graph>\n</graphml>\n")
  }
}
