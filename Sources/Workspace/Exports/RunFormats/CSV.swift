import Foundation
import TreeSearch
import Vocabulary

extension RunFormat {
  /// A table of nodes.
  public static let csv = RunFormat(name: "csv", help: "a table of nodes for spreadsheets and data frames") {
    export, stream in try export.csv(&stream)
  }
}

extension RunExport {
  /// RFC 4180, with line breaks of one byte. A number that is not known is an empty field.
  fileprivate func csv(_ stream: inout ExportStream) throws {
    try stream.put(
      "id,parent,depth,visits,q,value,prm,orm,reward,prior,importance,draws,pruned,inserted,overridden,terminal,answer,option\n"
    )
    for id in shown {
      let row = NodeRow(id, in: tree)
      var fields = ["\(row.id)", row.parent.map { "\($0)" } ?? "", "\(row.depth)", row.visits.map { "\($0)" } ?? ""]
      for number in [row.q, row.value, row.prm, row.orm, row.reward, row.prior] {
        fields.append(number.map { "\($0)" } ?? "")
      }
      fields += ["\(row.importance)", "\(row.draws)", "\(row.isPruned)", "\(row.isInserted)", "\(row.isOverridden)"]
      fields += [row.terminal ?? "", Self.field(row.answer ?? ""), Self.field(row.text)]
      try stream.put(fields.joined(separator: ",") + "\n")
    }
  }

  /// A field in quotes where it needs them; what a terminal would take as a command is shown as a sign.
  private static func field(_ text: String) -> String {
    let safe = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
      .joined(separator: "\n")
    guard safe.contains(where: { ",\"\n\r".contains($0) }) else { return safe }
    return "\"" + safe.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }
}
