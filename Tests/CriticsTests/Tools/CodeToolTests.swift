import Testing

@testable import Critics

/// Tools that run programs or read formats.
@Suite("Python, unit tests, patterns and JSON")
struct CodeToolTests {
  private static let sandboxes: SandboxProvider = {
    var limits = SandboxLimits()
    (limits.processorSeconds, limits.wallSeconds) = (1, 30)
    return SandboxProvider(limits: limits, atOnce: 4)
  }()

  private func state(_ text: String, checks: ProblemChecks = ProblemChecks(), isComplete: Bool = true) -> JudgedState {
    JudgedState(
      question: "?", tokens: [], optionTexts: [text], isComplete: isComplete, tools: ToolContext(checks: checks))
  }

  @Test(
    "a program is run and compared with what the text says it prints, or with the answer",
    arguments: [
      ("```python\nprint(6 * 7)\n```\n```output\n42\n```\n", ToolFinding(.holds, "the program prints 42, as stated")),
      ("```py\nprint(42.0)\n```\n#### 42", ToolFinding(.holds, "the program prints 42.0, as stated")),
      ("```python\nprint(6 * 7)\n```\n#### 41", ToolFinding(.refuted, "the program prints 42, the text says 41")),
      ("```python\nx = 6\n```\n```python\nprint(x)\n```\n", ToolFinding(.unsure, "the program prints 6")),
      (
        "```python\nprint(y)\n```\n#### 1",
        ToolFinding(.refuted, "the program fails: NameError: name 'y' is not defined")
      ),
      (
        "```python\nprint('\\x1b[2J\\x07evil')\n```\n#### 1",
        ToolFinding(.refuted, "the program prints [2J evil, the text says 1")
      ),
    ])
  func python(_ text: String, _ finding: ToolFinding) async throws {
    #expect(try await PythonTool(Self.sandboxes).check(state(text)) == finding)
  }

  @Test("Python rests until a program has ended")
  func rests() {
    let tool = PythonTool(Self.sandboxes)
    #expect(tool.application(to: state("```python\nprint(1)\n", isComplete: false)) == .rests("no program"))
    #expect(tool.application(to: state("1 + 1 = 2\n", isComplete: false)) == .rests("no program ends here"))
    #expect(tool.application(to: state("```python\nprint(1)\n```\n", isComplete: false)) == .applies)
  }

  @Test(
    "unit tests pass, fail, or cannot run, and the verdict says which",
    arguments: [
      ("def area(a, b):\n    return a * b\n", ToolFinding.Kind.holds, "2 of 2 tests pass"),
      ("def area(a, b):\n    return a + b\n", .refuted, "test 1 of 2 fails: AssertionError: (assert area(2, 3) == 6)"),
      ("def area(a, b:\n", .refuted, "the code fails: SyntaxError: '(' was never closed (solution, line 1)"),
      ("import os\nos._exit(0)\n", .refuted, "the tests cannot run: the code ends the interpreter"),
      ("raise SystemExit", .refuted, "the code fails: SystemExit:"),
      ("print('passed')\nimport os\nos._exit(0)", .refuted, "the tests cannot run: the code ends the interpreter"),
      ("def area(a, b):\n    return __import__('os').fork()\n", .refuted, "test 1 of 2 fails: PermissionError"),
      ("while True: pass", .refuted, "the tests cannot run: stopped at the limit of 1 s of processor time"),
    ])
  func unitTests(_ code: String, _ kind: ToolFinding.Kind, _ note: String) async throws {
    let checks = ProblemChecks(tests: ["assert area(2, 3) == 6", "assert area(0, 9) == 0"])
    for text in [code, "Here it is:\n```python\n\(code)\n```\n"] where kind != .refuted || text == code {
      let finding = try await UnitTestTool(Self.sandboxes).check(state(text, checks: checks))
      #expect(finding.kind == kind)
      #expect(finding.note.hasPrefix(note), "\(finding.note)")
    }
  }

  @Test(
    "a pattern is matched against the whole answer; a bad or endless one says nothing",
    arguments: [
      ("[0-9]+", "#### 42", ToolFinding(.holds, "42 has the form asked for")),
      ("[0-9]+", "so \\(\\boxed{42}\\)", ToolFinding(.holds, "42 has the form asked for")),
      ("[0-9]+", "\\boxed{x = 42}", ToolFinding(.refuted, "x = 42 has not the form asked for")),
      ("[0-9]{1,3}(,[0-9]{3})*", "#### 1,200", ToolFinding(.holds, "1,200 has the form asked for")),
      ("[0-9]+", "#### 42 apples", ToolFinding(.refuted, "42 apples has not the form asked for")),
      ("[0-9]+", "42", ToolFinding(.refuted, "the solution states no answer")),
      ("[0-9", "#### 42", ToolFinding(.unsure, "the problem's pattern: unterminated character set at position 0")),
      (
        "(a+)+$", "#### aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
        ToolFinding(.unsure, "the match: stopped at the limit of 1 s of processor time")
      ),
    ])
  func pattern(_ pattern: String, _ text: String, _ finding: ToolFinding) async throws {
    let checks = ProblemChecks(pattern: pattern)
    #expect(try await PatternTool(Self.sandboxes).check(state(text, checks: checks)) == finding)
  }

  @Test("the score of a boxed answer in the form asked for is its outcome's")
  func boxedAnswersKeepTheirScore() async throws {
    var asked = state("It is \\boxed{42}.", checks: ProblemChecks(pattern: "[0-9]+"))
    asked.tools.enabled = ["pattern"]
    let weighed = try await ToolDispatcher([PatternTool(Self.sandboxes)]).weighed(0.9, asked)
    #expect(weighed.score == 0.9)
    #expect(weighed.note == nil)
  }

  @Test(
    "JSON is checked against the schema",
    arguments: [
      (#"{"name": "Ivy", "age": 7}"#, ToolFinding(.holds, "the JSON fits the schema")),
      ("```json\n{\"name\": \"Ivy\", \"age\": 7}\n```", ToolFinding(.holds, "the JSON fits the schema")),
      (#"#### {"name": "Ivy"}"#, ToolFinding(.refuted, "the answer has no age")),
      (#"{"name": 3, "age": 7}"#, ToolFinding(.refuted, "the answer.name is integer, expected string")),
      (#"{"name": "Ivy", "age": -1}"#, ToolFinding(.refuted, "the answer.age is below minimum")),
      (#"{"name": "Ivy", "age": true}"#, ToolFinding(.refuted, "the answer.age is boolean, expected integer")),
      (#"{"name": "Ivy", "age": 7, "x": 1}"#, ToolFinding(.refuted, "the answer.x is not allowed")),
      (#"{"name": "Ivy", "#, ToolFinding(.refuted, "the answer is no JSON")),
      (String(repeating: "[", count: 100_000), ToolFinding(.refuted, "the answer is no JSON")),
    ])
  func json(_ text: String, _ finding: ToolFinding) async throws {
    let schema = #"""
      {"type": "object", "required": ["name", "age"], "additionalProperties": false,
       "properties": {"name": {"type": "string"}, "age": {"type": "integer", "minimum": 0}}}
      """#
    #expect(try await JSONTool().check(state(text, checks: ProblemChecks(schema: schema))) == finding)
  }

  @Test("a schema that is not understood never seems to hold")
  func schema() async throws {
    for (schema, note) in [
      ("[]", "the problem's schema is no JSON object"), (#"{"allOf": []}"#, "the schema's allOf is not understood"),
    ] {
      let finding = try await JSONTool().check(state("{}", checks: ProblemChecks(schema: schema)))
      #expect(finding == ToolFinding(.unsure, note))
    }
  }

  @Test("without a sandbox the tools are off and say why")
  func off() async throws {
    let none = SandboxProvider(limits: SandboxLimits(), atOnce: 1, root: "/nowhere")
    var asked = state("```python\nprint(1)\n```\n")
    asked.tools.checks = ProblemChecks(tests: ["pass"], pattern: ".")
    for tool in [PythonTool(none), UnitTestTool(none)] as [any Tool] {
      let verdict = try await ToolCritic(tool: tool).score([asked])
      #expect(verdict == [Verdict(score: nil, note: "off: no sandbox: /usr/bin/bwrap is missing (package bubblewrap)")])
    }
  }
}
