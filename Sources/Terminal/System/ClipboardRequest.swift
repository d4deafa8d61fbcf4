import Foundation

/// The bytes that ask a terminal to put text on its clipboard (OSC 52).
///
/// tmux takes the request itself where `set-clipboard` is on, and hands it on where `allow-passthrough` is: it gets both
/// forms, and the second one does no harm. screen hands on what stands in device control strings, which it cuts at 256
/// bytes.
struct ClipboardRequest {
  /// Longer texts are refused by xterm.
  static let limit = 74_994

  private enum Between { case nothing, tmux, screen }
  private let between: Between

  init(environment: [String: String]) {
    between =
      !(environment["TMUX"] ?? "").isEmpty ? .tmux : environment["STY"].map { !$0.isEmpty } == true ? .screen : .nothing
  }

  /// The request; nil for a text that no terminal takes.
  func bytes(for text: String) -> String? {
    guard text.utf8.count <= Self.limit else { return nil }
    let content = Data(text.utf8).base64EncodedString()
    let request = "\u{1B}]52;c;\(content)\u{07}"
    switch between {
    case .nothing: return request
    case .tmux: return request + "\u{1B}Ptmux;\u{1B}\(request)\u{1B}\\"
    case .screen: return Self.pieces(request).map { "\u{1B}P\($0)\u{1B}\\" }.joined()
    }
  }

  private static func pieces(_ request: String) -> [Substring] {
    stride(from: 0, to: request.count, by: 240).map { request.dropFirst($0).prefix(240) }
  }
}
