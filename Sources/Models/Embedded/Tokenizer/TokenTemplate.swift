/// What a `post_processor` puts before a single text.
struct TokenTemplate {
  private(set) var beginning: [Int32] = []

  /// Reads `post_processor` of `root`.
  init(_ root: JSONObject) throws {
    guard root.has("post_processor") else { return }
    try add(root.object("post_processor"))
  }

  private mutating func add(_ json: JSONObject) throws {
    switch try json.string("type") {
    case "ByteLevel": return  // only trims offsets
    case "Sequence": for part in try json.objects("processors") { try add(part) }
    case "TemplateProcessing":
      let tokens = json.has("special_tokens") ? try json.object("special_tokens") : nil
      for part in try json.objects("single") {
        if part.has("Sequence") { return }  // what follows the text ends it, and prompts are to be continued
        let name = try part.object("SpecialToken").string("id")
        guard let ids = tokens?.fields[name] as? [String: Any], let values = ids["ids"] as? [Int] else {
          throw json.error("special_tokens", "expected an entry for each special token of the template")
        }
        beginning += values.map { Int32(truncatingIfNeeded: $0) }
      }
    case let type: throw json.error("type", "expected TemplateProcessing or ByteLevel, got \(type)")
    }
  }
}
