import ArgumentParser
import Lab
import Workspace

/// What is held out, and whether a leak refuses: for every command that puts something into a dataset.
struct GuardOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Problems that a model is measured by: nothing that has something of them is taken; repeated for more files (default: held-out of the config file).",
      valueName: "file"))
  var heldOut: [String] = []
  @Flag(help: "Go on in spite of leaks, which is recorded: in the log of labels, or in the dataset card.")
  var allowLeak = false

  /// The guard that knows those files, and the log of `workspace` where that is asked for. Throws `LabError` and
  /// `ProblemFileError`.
  func commitGuard(_ options: CommonOptions, of workspace: Workspace, knowsCommits: Bool) throws -> CommitGuard {
    try CommitGuard(heldOut: try files(options), of: workspace, knowsCommits: knowsCommits)
  }

  /// The files: of the flags, else of the environment or the config file. Throws `LabError`.
  func files(_ options: CommonOptions) throws -> [String] {
    heldOut.isEmpty ? try options.configuration().heldOut : heldOut
  }
}
