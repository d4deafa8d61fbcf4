import Foundation
import Testing

/// What `make install` puts below a folder works from there.
@Suite(.ownThread)
struct InstallTests {
  private let scratch: Scratch
  private let prefix: String

  init() throws {
    scratch = try Scratch()
    prefix = scratch.path("usr/local")
    let done = try Program.shell(
      #"ETASCOPE="$0" DESTDIR="$1" "$2" /usr/local"#, scratch.path(""),
      Program.repository.appending(path: ".ci/package").path(percentEncoded: false))
    try #require(done.code == 0, "\(done.errors)")
  }

  @Test func theProgramFindsItsFilesAndTheShellsTheirs() throws {
    let found = try Program.shell(
      #"cd / && "$1" doctor --json --workspace "$2""#, "\(prefix)/bin/etascope", scratch.path("w"))
    let data = found.objects.first { $0["part"] as? String == "data" }
    #expect(data?["detail"] as? String == "\(prefix)/share/etascope", "\(found.output)\(found.errors)")
    let themes = try Program.shell(#"cd / && "$1" themes list"#, "\(prefix)/bin/etascope")
    #expect(themes.code == 0 && themes.output.contains("fjord"))
    for file in [
      "man/man1/etascope.1", "bash-completion/completions/etascope", "zsh/site-functions/_etascope",
      "fish/vendor_completions.d/etascope.fish", "doc/etascope/LICENSE",
      "etascope/SampleData/Models/policy/config.json",
    ] {
      let size = try FileManager.default.attributesOfItem(atPath: "\(prefix)/share/\(file)")[.size] as? Int
      #expect(try #require(size) > 0, "\(file)")
    }
  }

  @Test func theVersionIsTheChangelogs() throws {
    let version = try Program.shell(#""$1" --version"#, "\(prefix)/bin/etascope").lines.first
    let changes = try String(contentsOf: Program.repository.appending(path: "CHANGELOG.md"), encoding: .utf8)
    let newest = changes.matches(of: /(?m)^## \[(\d[^\]]*)\]/).first?.1
    #expect(version == newest, "the newest release in CHANGELOG.md is the program's version")
  }
}
