import Foundation

/// Whether XML is well formed, and what its `text` elements say; every start of an element must have its end.
struct XMLCheck {
  private(set) var isWellFormed = true
  private(set) var texts: [String] = []
  private(set) var elements: [String: Int] = [:]

  init(_ data: Data) {
    guard let text = String(data: data, encoding: .utf8) else {
      isWellFormed = false
      return
    }
    var open: [String] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: "<") {
      let content = rest[..<start]
      if open.last == "text", !content.isEmpty { texts.append(String(content)) }
      if content.contains("\u{0}") { isWellFormed = false }
      guard let end = rest[start...].firstIndex(of: ">") else {
        isWellFormed = false
        return
      }
      let tag = rest[rest.index(after: start)..<end]
      let name = String(tag.drop { $0 == "/" }.prefix { !$0.isWhitespace && $0 != "/" })
      if tag.hasPrefix("/") {
        if open.popLast() != name { isWellFormed = false }
      } else if !tag.hasPrefix("?") {
        elements[name, default: 0] += 1
        if tag.filter({ $0 == "\"" }).count % 2 != 0 { isWellFormed = false }
        if !tag.hasSuffix("/") { open.append(name) }
      }
      rest = rest[rest.index(after: end)...]
    }
    if !open.isEmpty { isWellFormed = false }
  }
}
