import Canvas
import Testing

@Suite("Formulas as people write them")
struct MathTextTests {
  @Test(
    "What LaTeX says is shown",
    arguments: [
      (#"\frac{1}{2}"#, "½"), (#"\frac{3}{7}"#, "3/7"), (#"2\frac{3}{7}"#, "2 3/7"), (#"\dfrac{a+b}{c}"#, "(a+b)/c"),
      (#"3 \cdot 4 \times 5"#, "3 · 4 × 5"), (#"x^2 + y^{10}"#, "x² + y¹⁰"), ("2^31", "2³¹"), ("2^{n-1}", "2ⁿ⁻¹"),
      ("e^{ab}", "e^ab"), ("e^{a/b}", "e^(a/b)"), (#"\sqrt{2} + \sqrt[3]{x+1}"#, "√2 + ∛(x+1)"),
      (#"$x_1 \le 5$"#, "x₁ ≤ 5"), (#"\(a \ne b\)"#, "a ≠ b"), (#"$$\boxed{\frac{1}{3}}$$"#, "⅓"),
      (#"90^\circ"#, "90°"), (#"90^{\circ}"#, "90°"), (#"\text{so } x = 5\%"#, "so  x = 5%"),
      (#"\left( \frac{\sqrt{3}}{2} \right)"#, "( (√3)/2 )"), (#"\alpha \to \infty"#, "α → ∞"),
    ])
  func shown(_ source: String, _ expected: String) {
    #expect(MathText.readable(source) == expected)
  }

  @Test(
    "What is no formula, or none that is understood, stays as it is",
    arguments: [
      "", "13 + 9 = 22", "It costs $5 and $6.", "snake_case and a^", #"\frac{1}"#, #"\unknown{x}"#, "^2", #"C:\temp"#,
      #"\"#, "{{{", #"\sqrt"#, "a ^ b", #"\frac{1}{2"#,
    ])
  func kept(_ source: String) {
    #expect(MathText.readable(source) == source)
  }

  @Test("Whatever is read, it ends, and a megabyte costs what it costs")
  func hostile() {
    for unit in [#"\frac{"#, "{", "$", "^{", #"\sqrt[3]{"#, "_", #"\\"#, "}"] {
      let text = String(repeating: unit, count: 4000)
      #expect(!MathText.readable(text).isEmpty)
    }
  }
}
