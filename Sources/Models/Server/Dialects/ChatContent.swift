/// What a message, a part of one or a choice says: the text, and the thinking that is kept apart from it.
enum ChatContent {
  /// Fields that hold thinking, the first that says something counts: some servers tell it twice.
  private static let thinkingFields = [
    "reasoning_content", "reasoning", "thinking", "thinking_content", "reasoning_text", "reasoning_details",
  ]
  /// Types of parts of a content that are thinking.
  private static let thinkingParts: Set = [
    "thinking", "reasoning", "redacted_thinking", "reasoning.text", "reasoning.summary", "reasoning_text", "thought",
  ]
  /// Where a part holds its text.
  private static let textFields = ["text", "content", "thinking", "reasoning", "summary", "value", "refusal"]

  /// Text and thinking.
  struct Said {
    private(set) var text = ""
    private(set) var thinking = ""

    /// True where nothing was said.
    var isEmpty: Bool { text.isEmpty && thinking.isEmpty }

    /// Takes what `json` says.
    mutating func take(_ json: JSONObject) {
      for field in ["content", "text"] where text.isEmpty {
        let (said, thought) = ChatContent.read(json.fields[field])
        text += said
        thinking += thought
      }
      if let thought = ChatContent.thinkingFields.lazy.map({ ChatContent.all(json.fields[$0]) }).first(where: {
        !$0.isEmpty
      }) {
        thinking += thought
      }
      // What a model says in place of an answer.
      if isEmpty, let refusal = json.fields["refusal"] as? String { text = refusal }
    }
  }

  /// Text and thinking of a content: a text, or a list of parts.
  private static func read(_ content: Any?) -> (text: String, thinking: String) {
    if let text = content as? String { return (text, "") }
    let parts = content as? [Any] ?? (content as? [String: Any]).map { [$0] } ?? []
    return parts.reduce(into: ("", "")) { said, part in
      let type = ((part as? [String: Any])?["type"] as? String ?? "").lowercased()
      if thinkingParts.contains(type) { said.1 += all(part) } else { said.0 += all(part) }
    }
  }

  /// All text in a value, however it is nested.
  private static func all(_ value: Any?) -> String {
    switch value {
    case let text as String: text
    case let list as [Any]: list.map { all($0) }.joined()
    case let fields as [String: Any]: textFields.lazy.map { all(fields[$0]) }.first { !$0.isEmpty } ?? ""
    default: ""
    }
  }
}
