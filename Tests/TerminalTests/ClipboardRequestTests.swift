import Testing

@testable import Terminal

struct ClipboardRequestTests {
  @Test func aPlainTerminalGetsOneRequest() {
    #expect(ClipboardRequest(environment: [:]).bytes(for: "ab") == "\u{1B}]52;c;YWI=\u{07}")
  }

  @Test func tmuxGetsItForItselfAndToHandOn() {
    let request = "\u{1B}]52;c;YWI=\u{07}"
    #expect(
      ClipboardRequest(environment: ["TMUX": "/tmp/x,1,0"]).bytes(for: "ab")
        == request + "\u{1B}Ptmux;\u{1B}" + request + "\u{1B}\\")
  }

  @Test func screenGetsPiecesThatItCanHandOn() throws {
    let text = String(repeating: "pear", count: 200)
    let all = try #require(ClipboardRequest(environment: ["STY": "1.pts"]).bytes(for: text))
    let pieces = all.split(separator: "\u{1B}P").map { $0.dropLast(2) }
    #expect(pieces.count == 5 && pieces.allSatisfy { $0.count <= 240 })
    #expect(pieces.joined() == ClipboardRequest(environment: [:]).bytes(for: text) ?? "")
  }

  @Test func whatIsTooLongIsRefused() {
    let request = ClipboardRequest(environment: [:])
    #expect(request.bytes(for: String(repeating: "a", count: ClipboardRequest.limit)) != nil)
    #expect(request.bytes(for: String(repeating: "a", count: ClipboardRequest.limit + 1)) == nil)
  }
}
