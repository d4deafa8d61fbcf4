import Canvas
import Foundation

/// An element of an SVG picture: a name, attributes in the order given, and text or children.
package struct SVGElement {
  package let name: String
  package var attributes: [(name: String, value: String)] = []
  package var text = ""
  package var children: [SVGElement] = []

  /// An element with children.
  package init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [SVGElement] = []) {
    self.name = name
    self.attributes = attributes.map { ($0.key, $0.value) }
    self.children = children
  }

  /// An element with text.
  package init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String) {
    self.init(name, attributes)
    self.text = text
  }

  /// The element as XML, an element a line. The same element gives the same bytes.
  package func xml(indent: String = "") -> String {
    let opening = attributes.reduce("\(indent)<\(name)") { $0 + " \($1.name)=\"\(XML.escaped($1.value))\"" }
    if !text.isEmpty { return "\(opening)>\(XML.escaped(text))</\(name)>\n" }
    if children.isEmpty { return "\(opening)/>\n" }
    return "\(opening)>\n" + children.map { $0.xml(indent: indent + "  ") }.joined() + "\(indent)</\(name)>\n"
  }

  /// A coordinate with one decimal at most.
  package static func number(_ value: Double) -> String {
    let text = String(format: "%.1f", value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
