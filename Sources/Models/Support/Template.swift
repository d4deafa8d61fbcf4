/// A text with places for other texts, each named in braces.
public enum Template {
  /// `template` with what `parts` has for each place, such as `{question}`, in one pass: a part that holds the name of a
  /// place is left as it is, and so are braces that name none. Complexity: O(template × parts).
  public static func filled(_ template: String, _ parts: [String: String]) -> String {
    var (out, rest) = ("", template[...])
    while let brace = rest.firstIndex(of: "{") {
      out += rest[..<brace]
      rest = rest[brace...]
      if let (place, part) = parts.first(where: { rest.hasPrefix($0.key) }) {
        out += part
        rest = rest.dropFirst(place.count)
      } else {
        out.append(rest.removeFirst())
      }
    }
    return out + rest
  }
}
