import Foundation
import Testing

@testable import Canvas

@Suite("Themes")
struct ThemeTests {
  @Test("a scope falls back at each dot")
  func fallback() {
    let theme = Theme(
      name: "t", styles: ["tree": Style(foreground: .ansi(1)), "tree.q.high": Style(foreground: .ansi(2))])
    #expect(theme.style("tree.q.high").foreground == .ansi(2))
    #expect(theme.style("tree.q.low").foreground == .ansi(1))
    #expect(theme.style("tree.row.selected.unfocused").foreground == .ansi(1))
    #expect(theme.style("ui.text") == .plain)
    #expect(theme.style("no.such.scope") == .plain)
  }

  @Test("colours: names of the terminal, #rrggbb, nothing else")
  func colors() {
    #expect(Color(name: "bright-red") == .ansi(9))
    #expect(Color(name: "black") == .ansi(0))
    #expect(Color(name: "default") == .default)
    #expect(Color(name: "#7aA2f7") == .rgb(0x7A, 0xA2, 0xF7))
    for wrong in ["", "#", "#12345", "#1234567", "#+12345", "#gggggg", "purple", "Red"] {
      #expect(Color(name: wrong) == nil, "\(wrong)")
    }
  }

  @Test("WCAG contrast: 21 for black on white, 1 for equals, 4.48 for #777777 on white")
  func contrast() throws {
    let white = Color.rgb(255, 255, 255)
    #expect(white.contrast(with: .rgb(0, 0, 0)) == 21)
    #expect(white.contrast(with: white) == 1)
    let gray = try #require(white.contrast(with: .rgb(0x77, 0x77, 0x77)))
    #expect(abs(gray - 4.478) < 0.001)
    #expect(white.contrast(with: .ansi(0)) == nil)
  }

  @Test("children win over parents, and a child's palette recolours what it inherits")
  func inheritance() throws {
    let folder = try ThemeFolder([
      "base": """
      "tree.row" = { fg = "ink", bg = "page" }
      "tree.q" = "ink"
      [palette]
      ink = "#000000"
      page = "#ffffff"
      """,
      "child": """
      inherits = "base"
      "tree.q.high" = { fg = "green", modifiers = ["bold", "underline"] }
      [palette]
      ink = "#111111"
      """,
      "tables": """
      [tree.q]
      high = "red"
      low = { fg = "blue" }
      """,
    ])
    let theme = try folder.store.load("child")
    #expect(theme.name == "child")
    #expect(theme.style("tree.row") == Style(foreground: .rgb(17, 17, 17), background: .rgb(255, 255, 255)))
    #expect(theme.style("tree.q.low").foreground == .rgb(17, 17, 17))
    #expect(theme.style("tree.q.high") == Style(foreground: .ansi(2), modifiers: [.bold, .underline]))
    let tables = try folder.store.load("tables")
    #expect(tables.style("tree.q.high").foreground == .ansi(1))
    #expect(tables.style("tree.q.low").foreground == .ansi(4))
    #expect(folder.store.names == ["base", "child", "tables"])
  }

  @Test(
    "what is wrong is named with file, line and scope",
    arguments: [
      ("\n\"tree.rwo\" = \"red\"", "t.toml:2: tree.rwo: unknown scope"),
      (
        "\"tree.row\" = \"mauve\"",
        "t.toml:1: tree.row: no colour “mauve”: expected #rrggbb, a terminal colour or a palette name"
      ),
      ("\"tree.row\" = 5", "t.toml:1: tree.row: expected a colour or { fg, bg, modifiers }"),
      ("\"tree.row\" = { fg = 5 }", "t.toml:1: tree.row: fg: expected a colour in quotes"),
      ("\"tree.row\" = { fg = \"red\", b = \"red\" }", "t.toml:1: tree.row: b: expected fg, bg or modifiers"),
      (
        "\"tree.row\" = { modifiers = [\"blink\"] }",
        "t.toml:1: tree.row: modifiers: expected bold, dim, italic, underline, reverse"
      ),
      (
        "\"tree.row\" = { modifiers = \"bold\" }",
        "t.toml:1: tree.row: modifiers: expected a list of bold, dim, italic, underline, reverse"
      ),
      ("inherits = 3", "t.toml:1: inherits: expected the name of a theme in quotes"),
      ("inherits = \"gone\"", "t.toml:1: inherits: no theme “gone”; there are: other, t"),
      (
        "inherits = \"../t\"",
        "t.toml:1: inherits: a theme's name has letters, digits, - and _ only, not “../t”"
      ),
      ("inherits = \"t\"", "t.toml:1: inherits: goes round in a circle: t → t"),
      ("inherits = \"other\"", "other.toml:1: inherits: goes round in a circle: t → other → t"),
      (
        "[palette]\nink = \"#12\"",
        "t.toml:2: palette.ink: expected #rrggbb, default or a terminal colour such as bright-red"
      ),
      ("[palette]\nred = \"#123456\"", "t.toml:2: palette.red: this name is a colour already; choose another"),
      ("palette = 1", "t.toml:1: palette: expected a table of colours"),
      ("[tree.q]\nhihg = \"red\"", "t.toml:2: tree.q.hihg: unknown scope"),
    ])
  func problems(text: String, message: String) throws {
    let folder = try ThemeFolder(["t": text, "other": "inherits = \"t\""])
    #expect(folder.store.check("t") == [message])
    #expect(throws: ThemeError(problems: [message])) { try folder.store.load("t") }
  }

  @Test("text that is not TOML is named with its line, and nothing of it reaches the terminal unclean")
  func notTOML() throws {
    let folder = try ThemeFolder(["t": "\n\u{1B}[2J = 1\n"])
    let problems = folder.store.check("t")
    #expect(problems.count == 1)
    #expect(problems[0].hasPrefix("t.toml:2: not TOML: "))
    #expect(!problems[0].unicodeScalars.contains(where: isDangerous))
  }

  @Test(
    "what would end the process is an error like any other",
    arguments: [
      ("", "[", 1, "", "t.toml:1: not TOML: expected ] at the end of the line"),
      ("# t\n", "[", 2, "", "t.toml:2: not TOML: expected ]] at the end of the line"),
      ("", "a.", 200_000, "a = 1", "t.toml:1: not TOML: expected a key of at most 8 parts"),
      ("a = ", "[", 200_000, "", "t.toml:1: not TOML: expected at most 16 brackets within one another"),
      ("", "\0", 1, "", "t.toml:1: not TOML: expected text, found a control character"),
      ("#", "#", 1 << 20, "", "expected at most 1 MB, found more"),
    ])
  func deadly(start: String, piece: String, count: Int, end: String, message: String) throws {
    let folder = try ThemeFolder(["t": start + String(repeating: piece, count: count) + end])
    let problems = folder.store.check("t")
    #expect(problems.count == 1 && problems[0].hasSuffix(message), "\(problems)")
  }

  @Test("a pipe or a device in the folder of themes is no theme, and nobody waits for it")
  func special() throws {
    let folder = try ThemeFolder(["t": ""])
    #expect(mkfifo(folder.store.folders[0] + "/pipe.toml", 0o600) == 0)
    try FileManager.default.createSymbolicLink(
      atPath: folder.store.folders[0] + "/zero.toml", withDestinationPath: "/dev/zero")
    #expect(folder.store.check("pipe").first?.hasSuffix("pipe.toml: expected a plain file, found a pipe") == true)
    #expect(folder.store.check("zero").first?.hasSuffix("zero.toml: expected a plain file, found a device") == true)
    #expect(folder.store.remark("pipe") == nil && folder.store.remark("zero") == nil)
  }

  @Test("a theme that is not there names those that are")
  func missing() throws {
    let folder = try ThemeFolder(["a": "", "b": ""])
    let problems = folder.store.check("c")
    #expect(problems.count == 1 && problems[0].hasSuffix("c.toml: no theme “c”; there are: a, b"))
  }

  @Test(
    "a weak contrast is named with the line that sets it, inherited or not; a person's theme wins over one that ships")
  func placedContrast() throws {
    let shipped = try ThemeFolder([
      "base":
        "\n\"ui.background\" = { fg = \"#000000\", bg = \"#ffffff\" }\n\"tree\" = \"#777777\"\n\"ui\" = \"#000000\"",
      "dusk": "",
    ])
    let own = try ThemeFolder([
      "mine": "inherits = \"base\"\n\"ui.text.faint\" = \"#888888\"", "dusk": "\"tree.q\" = \"red\"",
    ])
    let store = ThemeStore(folders: own.store.folders + shipped.store.folders)
    let problems = store.check("mine")
    #expect(problems.contains("mine.toml:2: ui.text.faint on ui.background: contrast 3.54, expected at least 4.5"))
    #expect(problems.contains("base.toml:3: tree.q.low on tree.row: contrast 4.47, expected at least 4.5"))
    #expect(store.names == ["base", "dusk", "mine"])
    #expect(try store.load("dusk").style("tree.q").foreground == .ansi(1))
  }

  @Test("the lint finds weak contrast, mixed colours and dim text")
  func lint() {
    let weak = Theme(
      name: "t",
      styles: [
        "ui.background": Style(foreground: .rgb(0, 0, 0), background: .rgb(255, 255, 255)),
        "ui.text.faint": Style(foreground: .rgb(0x77, 0x77, 0x77)), "ui.notice": Style(foreground: .ansi(1)),
        "critic.abstain": Style(modifiers: .dim),
      ])
    let problems = weak.contrastProblems().map(\.description)
    #expect(problems.contains("ui.text.faint on ui.background: contrast 4.47, expected at least 4.5"))
    #expect(
      problems.contains(
        "ui.notice on ui.background: an RGB colour meets one of the terminal's own, so the contrast is unknown"))
    #expect(
      problems.contains(
        "critic.abstain on ui.background: dim lowers the contrast of an RGB colour by an unknown amount"))
    #expect(Theme.monochrome.contrastProblems().isEmpty)
  }

  @Test("scopes are declared once, with help, on surfaces that are declared")
  func scopes() {
    #expect(Set(Scope.all.map(\.id)).count == Scope.all.count)
    for scope in Scope.all {
      #expect(!scope.help.isEmpty)
      #expect(scope.surfaces.allSatisfy(Scope.isDeclared), "\(scope.id)")
    }
    #expect(Scope.canBeThemed("tree") && Scope.canBeThemed("tree.q") && !Scope.canBeThemed("tree.q.hi"))
  }
}

@Suite("The themes that come with the program")
struct ShippedThemeTests {
  private static let store = ThemeStore(folders: [repositoryRoot + "/Themes"])

  @Test("Read from afar, text has a contrast of seven to what it is drawn on", arguments: ["dusk", "paper", "grey"])
  func projected(name: String) throws {
    let theme = try Self.store.load(name).projected
    for scope in Scope.all where scope.minimumContrast >= 4.5 {
      for surface in scope.surfaces.isEmpty ? ["ui.background"] : scope.surfaces {
        let base = theme.style(surface).over(theme.background)
        let look = theme.style(scope.id).over(base)
        if let contrast = look.foreground.contrast(with: look.background) {
          #expect(contrast >= 7, "\(scope.id) on \(surface): \(contrast)")
        }
        #expect(!look.modifiers.contains(.dim))
      }
    }
  }

  @Test("there are twelve, and all pass the lint")
  func lint() {
    #expect(
      Self.store.names == [
        "chalk", "contrast", "dusk", "fjord", "grey", "moss", "ochre", "paper", "plum", "safe-dark", "safe-light",
        "terminal16",
      ])
    for name in Self.store.names { #expect(Self.store.check(name) == []) }
  }

  @Test("the default uses the terminal's colours only and no background")
  func terminal16() throws {
    let theme = try Self.store.load("terminal16")
    for scope in Scope.all {
      let style = theme.style(scope.id)
      #expect(style.foreground.luminance == nil && style.background == .default, "\(scope.id)")
    }
  }

  @Test("the high-contrast theme reaches 7 for all text (WCAG 1.4.6)")
  func contrast() throws {
    let theme = try Self.store.load("contrast")
    for scope in Scope.all where scope.minimumContrast == 4.5 {
      for surface in scope.surfaces {
        let look = theme.style(scope.id).over(theme.style(surface).over(theme.background))
        let ratio = try #require(look.foreground.contrast(with: look.background))
        #expect(ratio >= 7, "\(scope.id) on \(surface)")
      }
    }
  }

  @Test("a selected row looks unlike the others in every theme, monochrome included")
  func selection() throws {
    for theme in try Self.store.names.map(Self.store.load) + [.monochrome] {
      for row in ["tree.row", "list.row"] {
        let looks = [theme.style(row), theme.style(row + ".selected"), theme.style(row + ".selected.unfocused")]
        #expect(Set(looks).count == 3, "\(theme.name) \(row)")
      }
    }
  }

  /// Linear light as a person sees it who lacks one kind of cone (Viénot, Brettel and Mollon 1999), back in sRGB.
  private static func seen(_ color: Color, withoutRed: Bool) throws -> [Double] {
    guard case .rgb(let r, let g, let b) = color else {
      Issue.record("an RGB colour was expected")
      return []
    }
    let light = [r, g, b].map { pow(Double($0) / 255, 2.2) }
    let confused =
      withoutRed ? 0.11238 * light[0] + 0.88762 * light[1] : 0.29275 * light[0] + 0.70725 * light[1]
    let blue =
      withoutRed
      ? 0.00401 * light[0] - 0.00401 * light[1] + light[2] : -0.02234 * light[0] + 0.02234 * light[1] + light[2]
    return [confused, confused, blue].map { pow(max(0, $0), 1 / 2.2) * 255 }
  }

  @Test(
    "values, verdicts and states stay apart for eyes without red or green cones",
    arguments: ["safe-dark", "safe-light"])
  func colourBlind(name: String) throws {
    let theme = try Self.store.load(name)
    let groups = [
      ["tree.q.low", "tree.q.middle", "tree.q.high"], ["critic.agree", "critic.contradict"],
      ["ui.notice", "ui.error"], ["ui.status.state.running", "ui.status.state.paused", "ui.status.state.error"],
    ]
    for withoutRed in [true, false] {
      for group in groups {
        let colors = try group.map { try Self.seen(theme.style($0).foreground, withoutRed: withoutRed) }
        for (a, first) in colors.enumerated() {
          for (b, second) in colors.enumerated() where a < b {
            let distance = zip(first, second).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
            #expect(distance > 60, "\(group[a]) and \(group[b]): \(distance)")
          }
        }
      }
    }
  }

  /// The folder that holds Sources, Tests and Themes.
  private static var repositoryRoot: String {
    #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
  }
}

/// A folder of theme files that is removed again.
private final class ThemeFolder {
  let store: ThemeStore

  init(_ files: [String: String]) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "themes-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (name, text) in files {
      try Data(text.utf8).write(to: url.appending(path: "\(name).toml"))
    }
    store = ThemeStore(folders: [url.path])
  }

  deinit {
    try? FileManager.default.removeItem(atPath: store.folders[0])
  }
}
