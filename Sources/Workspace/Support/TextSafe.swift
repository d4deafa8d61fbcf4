extension String {
  /// One line that a terminal shows as it is: whatever would move the cursor, change colours, reverse the reading
  /// direction or break the line is replaced by a visible character (control pictures, or U+FFFD where there is none).
  ///
  /// For messages and lists; data is never passed through it. Complexity: O(length).
  public var printable: String {
    var safe = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0..<0x20: safe.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
      case 0x7F: safe.append("\u{2421}")
      // C1 controls; marks, embeddings and isolates of direction; line and paragraph separators; byte order mark.
      case 0x80..<0xA0, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029, 0xFEFF:
        safe.append("\u{FFFD}")
      default: safe.append(scalar)
      }
    }
    return String(safe)
  }
}
