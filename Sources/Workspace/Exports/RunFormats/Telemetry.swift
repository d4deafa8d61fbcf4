import Foundation
import TreeSearch
import Vocabulary

extension RunFormat {
  /// Spans for OpenTelemetry's collectors.
  public static let telemetry = RunFormat(
    name: "otlp", help: "OpenTelemetry spans as OTLP's JSON, with the attributes of gen_ai and of OpenInference"
  ) { export, stream in try export.telemetry(&stream) }
}

/// A run is a trace and a node a span; what critics say are evaluation events. The journal has no clock: a span begins a millisecond
/// after the node before it, and ends with the last node below it.
extension RunExport {
  private static let millisecond = 1_000_000

  fileprivate func telemetry(_ stream: inout ExportStream) throws {
    let trace = String(SHA256.hex(run.utf8).prefix(32))
    var last = Array(0..<tree.nodes.count)
    for id in shown.reversed() {
      let parent = tree[id].parent
      if parent.exists { last[parent.offset] = max(last[parent.offset], last[id.offset]) }
    }
    try stream.put(#"{"resourceSpans":[{"resource":{"attributes":"#)
    try stream.put(Self.attributes(["service.name": .text("etascope"), "session.id": .text(run)]))
    try stream.put(#"},"scopeSpans":[{"scope":"#)
    try stream.put(.object(["name": .text("etascope"), "version": .text(tree.header.version)]))
    try stream.put(#","spans":["#)
    let start = Int(begun.timeIntervalSince1970 * 1000) * Self.millisecond
    for (number, id) in shown.enumerated() {
      if number > 0 { try stream.put(",") }
      let from = start + id.offset * Self.millisecond
      var span: [String: ExportValue] = [
        "traceId": .text(trace), "spanId": .text(spanID(id)), "name": .text(name(id)), "kind": .integer(1),
        "startTimeUnixNano": .text("\(from)"),
        "endTimeUnixNano": .text("\(start + (last[id.offset] + 1) * Self.millisecond)"),
        "attributes": Self.attributes(attributes(id)), "status": .object([:]),
      ]
      if tree[id].parent.exists { span["parentSpanId"] = .text(spanID(tree[id].parent)) }
      span["events"] = .list(evaluations(id, at: "\(from)"))
      try stream.put(.object(span))
    }
    try stream.put("]}]}]}\n")
  }

  private func spanID(_ id: NodeID) -> String { String(SHA256.hex("\(run)#\(id)".utf8).prefix(16)) }

  private var model: String { tree.header.models["policy"] ?? "unknown" }

  private func name(_ id: NodeID) -> String {
    id == .root ? "invoke_agent etascope" : tree[id].marks.contains(.inserted) ? "person" : "text_completion \(model)"
  }

  private func attributes(_ id: NodeID) -> [String: ExportValue] {
    let row = NodeRow(id, in: tree)
    var numbers: [String: ExportValue] = ["node": .integer(row.id), "depth": .integer(row.depth)]
    if let visits = row.visits { numbers["visits"] = .integer(visits) }
    for (key, number) in [("q", row.q), ("reward", row.reward), ("prior", row.prior)] {
      if let number { numbers[key] = .number(number) }
    }
    if let terminal = row.terminal { numbers["terminal"] = .text(terminal) }
    if row.isPruned { numbers["pruned"] = .flag(true) }
    var fields: [String: ExportValue] = [:]
    for (key, value) in numbers { fields["etascope.\(key)"] = value }
    // OpenInference reads one text.
    fields["metadata"] = .text((try? CanonicalJSON.text(ExportValue.object(numbers))) ?? "{}")
    fields["session.id"] = .text(run)
    if id == .root {
      fields["gen_ai.operation.name"] = .text("invoke_agent")
      fields["gen_ai.agent.name"] = .text("etascope")
      fields["gen_ai.request.seed"] = Int(exactly: tree.header.seed).map { .integer($0) }
      fields["gen_ai.usage.output_tokens"] = .integer(tree.usage.generated)
      fields["openinference.span.kind"] = .text("AGENT")
      fields["input.value"] = .text(tree.header.problem.question)
      if let answer = tree.chosen?.answer { fields["output.value"] = .text(answer) }
    } else if row.isInserted {
      fields["openinference.span.kind"] = .text("CHAIN")
      fields["output.value"] = .text(row.text)
    } else {
      fields["gen_ai.operation.name"] = .text("text_completion")
      fields["gen_ai.request.model"] = .text(model)
      fields["gen_ai.request.temperature"] = .number(tree.header.parameters[SearchParameters.optionTemperature])
      fields["llm.model_name"] = .text(model)
      fields["openinference.span.kind"] = .text("LLM")
      fields["output.value"] = .text(row.text)
    }
    fields["gen_ai.provider.name"] = .text("etascope")
    return fields
  }

  private func evaluations(_ id: NodeID, at moment: String) -> [ExportValue] {
    let detail = tree.details[id.offset]
    return detail.scores.map { said in
      var fields: [String: ExportValue] = ["gen_ai.evaluation.name": .text(said.critic)]
      if let score = detail.score(said.critic) { fields["gen_ai.evaluation.score.value"] = .number(score) }
      if said.score == nil { fields["gen_ai.evaluation.score.label"] = .text("abstains") }
      if let note = said.note { fields["gen_ai.evaluation.explanation"] = .text(note) }
      return .object([
        "name": .text("gen_ai.evaluation.result"), "timeUnixNano": .text(moment), "attributes": Self.attributes(fields),
      ])
    }
  }

  /// Attributes as OTLP's JSON has them, in order of their keys.
  private static func attributes(_ fields: [String: ExportValue]) -> ExportValue {
    .list(
      fields.sorted { $0.key < $1.key }.map { key, value in
        let typed: (String, ExportValue) =
          switch value {
          case .flag: ("boolValue", value)
          // Protobuf's JSON writes whole numbers of 64 bits as strings.
          case .integer(let number): ("intValue", .text("\(number)"))
          case .number: ("doubleValue", value)
          default: ("stringValue", value)
          }
        return .object(["key": .text(key), "value": .object([typed.0: typed.1])])
      })
  }
}
