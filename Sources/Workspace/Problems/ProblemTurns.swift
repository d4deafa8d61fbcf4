/// A conversation in a problem file: OpenAI's `role` and `content`, ShareGPT's `from` and `value`.
struct ProblemTurns {
  private enum Speaker {
    case system, user, assistant, tool
  }

  private struct Turn {
    let speaker: Speaker
    let text: String
  }

  private let turns: [Turn]

  /// Reads a list of turns; nil where `value` is none.
  init?(_ value: JSONScanner.Value) {
    // A table holds it as the text of a list.
    let elements =
      value.elements ?? value.text.flatMap { try? JSONScanner.elements(of: Array($0.utf8)[...], knowsNaN: true) }
    guard let elements, !elements.isEmpty else { return nil }
    var turns: [Turn] = []
    for element in elements {
      guard let members = element.members, let turn = Self.turn(members) else { return nil }
      turns.append(turn)
    }
    self.turns = turns
  }

  /// The turns of both, in order.
  init(_ a: ProblemTurns, _ b: ProblemTurns) { turns = a.turns + b.turns }

  /// What the model is told before the question.
  var system: String? {
    let told = turns.filter { $0.speaker == .system }.map(\.text)
    return told.isEmpty ? nil : told.joined(separator: "\n\n")
  }

  /// The last turn, where it is the assistant's: the reference.
  var reference: String? { turns.last.flatMap { $0.speaker == .assistant ? $0.text : nil } }

  /// What is asked: the user's turn, or, where there are several turns before the reference, all of them by speaker.
  var question: String? {
    let said = (reference == nil ? turns[...] : turns.dropLast()).filter { $0.speaker != .system }
    guard said.contains(where: { $0.speaker == .user }) else { return nil }
    if said.count == 1 { return said[0].text }
    return said.map { "\(Self.name(of: $0.speaker)): \($0.text)" }.joined(separator: "\n\n")
  }

  private static func turn(_ members: [JSONScanner.Member]) -> Turn? {
    func value(_ names: [String]) -> JSONScanner.Value? {
      names.lazy.compactMap { name in members.first { $0.key == name }?.value }.first
    }
    guard let word = value(["role", "from", "author"])?.text?.lowercased(), let speaker = speaker(word),
      let content = value(["content", "value", "text"])
    else { return nil }
    if let text = content.text { return Turn(speaker: speaker, text: text) }
    // Content as a list of parts, of which texts are read.
    guard let parts = content.elements else { return nil }
    let texts = parts.compactMap { part in part.text ?? part.members?.first { $0.key == "text" }?.text }
    return texts.isEmpty ? nil : Turn(speaker: speaker, text: texts.joined(separator: "\n"))
  }

  private static func speaker(_ word: String) -> Speaker? {
    switch word {
    case "system", "developer": .system
    case "user", "human", "prompter": .user
    case "assistant", "gpt", "model", "bot", "chatgpt", "bard", "ai": .assistant
    case "tool", "function", "ipython", "observation": .tool
    default: nil
    }
  }

  private static func name(of speaker: Speaker) -> String {
    switch speaker {
    case .system: "System"
    case .user: "User"
    case .assistant: "Assistant"
    case .tool: "Tool"
    }
  }
}
