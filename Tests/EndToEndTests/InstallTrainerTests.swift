import Foundation
import Testing

/// `etascope improve --install-trainer`: Python packages in the user's cache, or a reason. The Python here installs nothing; the
/// real one is tried by `make trainer`, which runs the same script.
@Suite(.ownThread)
struct InstallTrainerTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    // `python3 -m venv FOLDER` makes a folder whose pip writes down what it is asked for. A shell writes the program: while this
    // process has a file open to write, a child that is just being started by another test has it open as well ("text file busy").
    let python = """
      #!/bin/sh
      mkdir -p "$3/bin"
      printf '#!/bin/sh\\necho "$*" >>"$ASKED"\\ncase "$*" in *install*) exit "$CODE";; esac\\n' >"$3/bin/pip"
      chmod +x "$3/bin/pip"
      """
    let made = try Program.shell(
      #"mkdir "$1" && printf '%s\n' "$2" >"$1/python3" && chmod +x "$1/python3""#, scratch.path("bin"), python)
    #expect(made.code == 0, "\(made.errors)")
  }

  private func install(code: String = "0") throws -> Program.Outcome {
    try Program.run(
      ["improve", "--install-trainer"],
      environment: [
        "PATH": scratch.path("bin") + ":/usr/bin:/bin", "XDG_CACHE_HOME": scratch.path("a cache"), "CODE": code,
        "ASKED": scratch.path("asked"),
      ])
  }

  @Test func itIsInstalledOnce() throws {
    let first = try install()
    #expect(first.code == 0, "\(first.errors)")
    #expect(
      first.errors.contains("installing what the trainers sft, dpo and critic run on into \(scratch.path("a cache"))"))
    #expect(first.errors.contains("is installed"))
    let asked = try String(contentsOfFile: scratch.path("asked"), encoding: .utf8).split(separator: "\n")
    #expect(asked.last?.hasSuffix("SampleData/Trainers/requirements.txt") == true, "\(asked)")
    let list = try Data(contentsOf: Program.repository.appending(path: "SampleData/Trainers/requirements.txt"))
    #expect(try Data(contentsOf: scratch.url.appending(path: "a cache/etascope/trainer/installed")) == list)
    let second = try install(code: "1")
    #expect(second.code == 0 && !second.errors.contains("installing"), "\(second.errors)")
  }

  @Test func aFailureIsOneAndLeavesNoMark() throws {
    let failed = try install(code: "7")
    #expect(failed.code == 1)
    #expect(failed.errors.contains("the packages cannot be installed"), "\(failed.errors)")
    #expect(!FileManager.default.fileExists(atPath: scratch.path("a cache/etascope/trainer/installed")))
    let round = try Program.run(
      [
        "improve", Program.problems("train"), "--trainer", "sft", "--skip", "evaluate,promote", "--workspace",
        scratch.path("w.sqlite"),
      ],
      environment: ["XDG_CACHE_HOME": scratch.path("a cache")])
    #expect(round.code == 2 && round.errors.contains("etascope improve --install-trainer"), "\(round.errors)")
  }
}
