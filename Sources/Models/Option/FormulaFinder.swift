/// Finds formulas in an option's text: what AlphaLLM's β for MATH waits for (section 4.2).
enum FormulaFinder {
  /// True where the text holds `$…$`, `<<…>>` or an equation `a op b = c` of numbers.
  ///
  /// Complexity: O(n).
  static func holdsFormula(_ bytes: [UInt8]) -> Bool {
    let text = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    return holdsDollars(text) || holdsCalculation(text) || text.indices.contains { isEquation(text, at: $0) }
  }

  /// `$…$` as Pandoc reads it, so that two prices are no formula: no white space inside next to a dollar sign, and no
  /// digit after the closing one.
  private static func holdsDollars(_ text: [Unicode.Scalar]) -> Bool {
    let signs = text.indices.filter { text[$0] == "$" }
    return zip(signs, signs.dropFirst()).contains { open, close in
      close > open + 1 && !text[open + 1].properties.isWhitespace && !text[close - 1].properties.isWhitespace
        && !(close + 1 < text.count && isDigit(text[close + 1]))
    }
  }

  /// `<<…>>`, a calculator's annotation in GSM8K.
  private static func holdsCalculation(_ text: [Unicode.Scalar]) -> Bool {
    guard let open = text.firstRange(of: Array("<<".unicodeScalars)) else { return false }
    return text[open.upperBound...].dropFirst().firstRange(of: Array(">>".unicodeScalars)) != nil
  }

  /// True where the scalar at `sign` is the `=` of `a op b = c`.
  private static func isEquation(_ text: [Unicode.Scalar], at sign: Int) -> Bool {
    guard text[sign] == "=" else { return false }
    var right = text[(sign + 1)...].drop(while: isBlank)
    if let first = right.first, "-−$".unicodeScalars.contains(first) { right = right.dropFirst() }
    guard let c = right.first, isDigit(c) else { return false }
    guard let left = beforeOperand(text[..<sign]), let op = left.last, "+-−*/×÷·%^".unicodeScalars.contains(op) else {
      return false
    }
    return beforeOperand(left.dropLast()) != nil
  }

  /// What stands before the number that `text` ends with, blanks aside; nil where it ends with none.
  private static func beforeOperand(_ text: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar>? {
    var rest = text
    func skip(while condition: (Unicode.Scalar) -> Bool) {
      while let last = rest.last, condition(last) { rest.removeLast() }
    }
    skip { isBlank($0) || $0 == "%" || $0 == ")" }
    guard let last = rest.last, isDigit(last) else { return nil }
    skip { isDigit($0) || $0 == "." || $0 == "," }
    skip { isBlank($0) || $0 == "$" || $0 == "(" }
    return rest
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
