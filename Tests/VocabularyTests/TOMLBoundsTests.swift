import Testing

@testable import Vocabulary

@Suite("TOML is looked through before a parser sees it")
struct TOMLBoundsTests {
  private func problem(_ text: String) -> String? {
    do throws(TOMLBounds.Failure) {
      let seen = try TOMLBounds.text(Array(text.utf8))
      return seen == text + "\n" ? nil : "changed"
    } catch {
      return "\(error.line): \(error.words)"
    }
  }

  @Test("what people write passes as it is")
  func usual() {
    let texts = [
      "", "\n\n", "# only a remark [", "a = 1", "a=1.5\r\nb = 1979-05-27T07:32:00.5-07:00\n",
      "\"a.b.c.d.e.f.g.h.i.j\" = 1",
      "[table]\nx = 'a.b.c.d.e.f.g.h.i.j'\n[table.\"x.y\".z] # ]\n[[list]]\n[[ list . inner ]]\n",
      "a = [ # one [\n  [1, 2], [\"]\", '['],\n]\nb = { c = 1, d.e = \"}\", f = [{ g.h.i = 0.5 }] }",
      "a = \"\"\"\n{question}\n\"quoted\" ...............\n\"\"\"\"\"\nb = '''\n[[[ '' \\'''\nc = \"\\\"[\\\\\"\n",
      "empty = \"\"\nalso = ''\nboth = [\"\", '']",
    ]
    for text in texts { #expect(problem(text) == nil, "\(text)") }
  }

  @Test("a byte order mark is left out")
  func mark() throws { #expect(try TOMLBounds.text(Array("\u{FEFF}a = 1".utf8)) == "a = 1\n") }

  @Test(
    "what stops in the middle, or goes too deep, is named with its line",
    arguments: [
      ("[", "1: expected ] at the end of the line"), ("a = 1\n[", "2: expected ] at the end of the line"),
      ("[a\n]", "1: expected ] at the end of the line"), ("[[", "1: expected ]] at the end of the line"),
      ("[[a]", "1: expected ]] at the end of the line"), ("[\"a]", "1: expected the text to end with a quotation mark"),
      ("a", "1: expected KEY = VALUE"), ("\n\na.b\n= 1", "3: expected KEY = VALUE"),
      ("a = [1,\n{ b = 2,\n", "2: this bracket is never closed"), ("a = [}", "1: this bracket closes none"),
      ("a = ]", "1: this bracket closes none"), ("a = \"x\nb = 1", "1: expected the text to end with a quotation mark"),
      ("a = '''\n\n", "1: expected the text to end with a quotation mark"),
      ("a = \"\\", "1: expected the text to end with a quotation mark"),
      ("a = 1\nb = \u{7F}", "2: expected text, found a control character"),
      ("a = \"\0\"", "1: expected text, found a control character"),
      ("a.b.c.d.e.f.g.h.i = 1", "1: expected a key of at most 8 parts"),
      ("[a.b.c.d.e.f.g.h.i]", "1: expected a key of at most 8 parts"),
      ("x = { a.b.c.d.e.f.g.h.i = 1 }", "1: expected a key of at most 8 parts"),
      ("[}]", "1: expected a key of letters, digits, - and _, or one in quotes"),
      ("[a.}]", "1: expected a key of letters, digits, - and _, or one in quotes"),
      ("[[é]]", "1: expected a key of letters, digits, - and _, or one in quotes"),
      ("a b = 1", "1: expected a key of letters, digits, - and _, or one in quotes"),
      ("a. = 1", "1: expected a key of letters, digits, - and _, or one in quotes"),
      ("x = [[[[[[[[[[[[[[[[[", "1: expected at most 16 brackets within one another"),
    ])
  func refused(_ text: String, _ words: String) { #expect(problem(text) == words) }

  @Test(
    "values without quotes are those of TOML",
    arguments: [
      "true", "false", "0", "+7", "-12_000", "0xdead_BEEF", "0o17", "0b1_0", "1.5", "-0.25e-3", "6E+2", "1_0.0_1",
      "inf",
      "-nan", "1979-05-27", "1979-05-27T07:32:00", "1979-05-27 07:32:00.5Z", "1979-05-27t07:32:00-07:00",
      "07:32:00.999999",
    ])
  func values(_ value: String) {
    for text in ["a = \(value)", "a = [\(value),\(value) ]", "a={b=\(value)}#"] {
      #expect(problem(text) == nil, "\(text)")
    }
  }

  /// Each of them looks like a value to a parser that decides by the first letters.
  @Test(
    "values that only look so are refused",
    arguments: [
      "", "tru", "True", "trues", "infinity", "+", "-", "01", "1_", "_1", "1__0", "1.", ".5", "1.e5", "1e", "1e+", "0x",
      "0xg",
      "0b2", "-0x1", "0x_1", "1979-05-27T", "1979-05-27T:32", "1979-05-27T07:32", "1979-05-27T07:32:00.", "12:30",
      "1979-5-27",
      "1979-05-27 07", "1979-05-27T07:32:00+7", "1979-05-27T07:32:00.1234567890", "07:32:00Z", "1:2", "a", "é",
      "1\"a\"", "=",
    ])
  func noValues(_ value: String) {
    let words = "1: expected a text in quotes, a number, a date, true or false"
    #expect(problem("a = [\(value == "" ? "x" : value)]") == words, "\(value)")
    #expect(problem("a = { b = \(value == "" ? "x" : value) }") == words, "\(value)")
  }

  @Test("other bytes than UTF-8 are refused, and more than anybody writes")
  func bytes() {
    #expect(problem(String(repeating: "a = 1\n", count: 200_000)) == "1: expected at most 1 MB")
    #expect(throws: TOMLBounds.Failure(line: 1, words: "expected UTF-8 text")) {
      try TOMLBounds.text([0x61, 0x3D, 0xFF])
    }
  }
}
