/// The equations `a op b … = c` that a text states, compared without spaces and thousands separators.
enum EquationSet {
  /// True where both texts state the same equations and at least one.
  static func areSame(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    let found = equations(in: a)
    return !found.isEmpty && found == equations(in: b)
  }

  /// Every run of numbers, operators and equals signs that holds an operator and an equals sign.
  static func equations(in bytes: [UInt8]) -> Set<String> {
    var found: Set<String> = []
    var run: [UInt8] = []
    func close() {
      while let last = run.last, !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= last), last != UInt8(ascii: ")") {
        run.removeLast()
      }
      let text = run.drop { !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0) && $0 != UInt8(ascii: "(") }
      if text.contains(UInt8(ascii: "=")), text.contains(where: { "+-*/".utf8.contains($0) }) {
        found.insert(String(decoding: text, as: UTF8.self))
      }
      run = []
    }
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "("), UInt8(ascii: ")"):
        run.append(byte)
      case UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: "$"): continue
      default: close()
      }
    }
    close()
    return found
  }
}
