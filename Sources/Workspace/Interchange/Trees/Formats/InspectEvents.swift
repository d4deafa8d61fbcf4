import Vocabulary

extension TreeFormat {
  /// Inspect's logs as JSON: what models and tools said, with branches.
  static let inspect = TreeFormat(
    "inspect", help: "Inspect logs as JSON: the events of each sample, with branches",
    fits: { $0["eval"]?.isObject == true && $0["samples"]?.list != nil },
    read: { try $0.flatMap { try InspectFile.read($0) } })
}

/// A sample becomes a tree: what a model or a tool said follows what was said before it in the same span; a branch goes on from its
/// anchor.
private struct InspectFile {
  private var draft = TreeDraft()
  /// By span, the node that was made last in it: −1 for the question.
  private var tails: [String: Int] = [:]
  /// The same when the span began.
  private var heads: [String: Int] = [:]
  private var parents: [String: String] = [:]
  private var branches: Set<String> = []
  private var anchors: [String: Int] = [:]
  /// Long texts, which events name by what they are called here.
  private var attachments: JSONView?
  private var order = 0.0

  static func read(_ file: JSONView) throws -> [TreeDraft] {
    let model = file["eval"]?["model"]?.string
    return try file.elements("samples").map { sample in
      var reading = InspectFile()
      try reading.read(sample)
      if let model { reading.draft.models = ["policy": model] }
      return reading.draft
    }
  }

  private mutating func read(_ sample: JSONView) throws {
    attachments = sample["attachments"]
    let asked = sample["input"]?.list?.first { $0["role"]?.string == "user" }?["content"]
    draft.question = sample["input"]?.string.map(whole) ?? asked.flatMap(words)
    draft.problemID = sample["id"]?.word
    draft.answer = sample["target"]?.word ?? sample["target"]?.list?.first { _ in true }?.word
    draft.root.offset = sample.offset
    for event in sample["events"]?.list.map(Array.init) ?? [] { take(event) }
  }

  private mutating func take(_ event: JSONView) {
    let span = event["span_id"]?.word ?? ""
    switch event["event"]?.string {
    case "span_begin":
      guard let id = event["id"]?.word else { return }
      let parent = event["parent_id"]?.word ?? ""
      parents[id] = parent
      tails[id] = tails[parent] ?? -1
      heads[id] = tails[id]
      if event["type"]?.string == "branch" { branches.insert(id) }
    case "span_end":
      // What was said in a span was said in the one around it, unless it branched off. A tool's span is empty: what the tool said
      // stands in the span of the model that called it.
      guard let id = event["id"]?.word, !branches.contains(id), let parent = parents[id], tails[id] != heads[id] else {
        return
      }
      tails[parent] = tails[id]
    case "anchor": if let name = event["anchor_id"]?.word { anchors[name] = tails[span] ?? -1 }
    case "branch":
      branches.insert(span)
      if let anchor = event["from_anchor"]?.word.flatMap({ anchors[$0] }) { tails[span] = anchor }
    case "model":
      // A request that failed, or was taken back, has no message.
      guard let message = event["output"]?["choices"]?.list?.first(where: { _ in true })?["message"] else { return }
      let calls = message["tool_calls"]?.list.map { $0.compactMap(call) } ?? []
      let said = message["content"].flatMap(words) ?? ""
      add((said.allSatisfy(\.isWhitespace) ? calls : [said] + calls).joined(separator: "\n"), event, span)
    case "tool":
      let result = event["result"].flatMap { $0.word.map(whole) ?? words($0) } ?? ""
      add("\(event["function"]?.string ?? "tool"): \(result)", event, span)
    case "info": read(info: event, span)
    default: break
    }
  }

  /// A text, or the texts of a list; nil where there is none.
  private func words(_ content: JSONView) -> String? {
    if let text = content.string { return whole(text) }
    return content.list.map { $0.compactMap(\.stepText).map(whole).joined(separator: "\n") }
  }

  /// A call of a tool as a line: its name and what it was given.
  private func call(_ call: JSONView) -> String? {
    guard let name = call["function"]?.string else { return nil }
    guard let given = call["arguments"], !given.isNull else { return "\(name)()" }
    func spelled(_ value: JSONView) -> String {
      value.word.map(whole)
        ?? String(decoding: value.raw, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    let words =
      given.isObject ? given.values.map { "\($0.key): \(spelled($0))" }.joined(separator: ", ") : spelled(given)
    return "\(name)(\(words))"
  }

  /// A text that is kept beside the events is written `attachment://` and what it is called.
  private func whole(_ text: String) -> String {
    let beginning = "attachment://"
    guard text.hasPrefix(beginning) else { return text }
    return attachments?[String(text.dropFirst(beginning.count))]?.string ?? text
  }

  private mutating func add(_ text: String, _ event: JSONView, _ span: String) {
    var node = TreeDraft.Node()
    (node.text, node.offset, node.order) = (text, event.offset, order)
    order += 1
    if let tail = tails[span], tail >= 0 { node.parent = .place(tail) }
    tails[span] = draft.add(node)
  }

  /// What etascope's own export says of the node of a span.
  private mutating func read(info event: JSONView, _ span: String) {
    guard event["source"]?.string == "etascope", let data = event["data"] else { return }
    var node = TreeDraft.Node()
    (node.offset, node.order) = (event.offset, order)
    order += 1
    node.text = data["option"]?.string ?? ""
    node.visits = data["visits"]?.number
    node.mean = data["q"]?.number
    node.reward = data["reward"]?.number
    node.prior = data["prior"]?.number
    node.answer = data["answer"]?.string
    node.scores = (data["scores"].map(JSONMembers.init).map(Array.init) ?? []).map { ($0.key, $0.number, nil) }
    if data["parent"]?.isNull != false {
      draft.root = node
      draft.root.text = ""
      return
    }
    if let tail = tails[span], tail >= 0 { node.parent = .place(tail) }
    tails[span] = draft.add(node)
  }
}
