import Foundation

/// Where the Python is that trainers outside run on, and what their processes are given.
struct TrainerEnvironment: Sendable {
  /// The variables of this process.
  private let variables: [String: String]

  init(_ variables: [String: String] = ProcessInfo.processInfo.environment) { self.variables = variables }

  /// The interpreter: `ETASCOPE_TRAINER_PYTHON`, else that of the environment which `make trainer` puts into the user's cache.
  ///
  /// - Throws: ``TrainingError/unusable(_:)`` where there is none.
  func python() throws -> String {
    if let own = variables["ETASCOPE_TRAINER_PYTHON"], !own.isEmpty {
      guard FileManager.default.isExecutableFile(atPath: own) else {
        throw TrainingError.unusable("ETASCOPE_TRAINER_PYTHON: expected a program, found nothing at \(own)")
      }
      return own
    }
    let place = folder.appending(path: "bin/python3").path(percentEncoded: false)
    // The list of what is installed is written last.
    guard FileManager.default.isExecutableFile(atPath: place),
      FileManager.default.fileExists(atPath: folder.appending(path: "installed").path(percentEncoded: false))
    else {
      throw TrainingError.unusable(
        "the trainer's packages are not installed in \(folder.path(percentEncoded: false)): etascope improve "
          + "--install-trainer; or name a Python that has them by ETASCOPE_TRAINER_PYTHON")
    }
    return place
  }

  private var folder: URL {
    let cache =
      variables["XDG_CACHE_HOME"].map { URL(filePath: $0) }
      ?? URL(filePath: variables["HOME"] ?? "/").appending(path: ".cache")
    return cache.appending(path: "etascope/trainer")
  }

  /// What starts a script module of Python: the interpreter, or what `ETASCOPE_TRAINER_LAUNCHER` says, words divided by spaces, such
  /// as `accelerate launch --num_processes 8` or `torchrun --nproc_per_node 8`; its program is looked up beside the interpreter,
  /// then in PATH.
  func launcher() throws -> [String] {
    let python = try python()
    let words = (variables["ETASCOPE_TRAINER_LAUNCHER"] ?? "").split(separator: " ").map(String.init)
    guard let program = words.first else { return [python] }
    let beside = URL(filePath: python).deletingLastPathComponent().path(percentEncoded: false)
    let folders =
      program.contains("/") ? [""] : [beside] + (variables["PATH"] ?? "").split(separator: ":").map { "\($0)/" }
    guard let found = folders.map({ $0 + program }).first(where: FileManager.default.isExecutableFile) else {
      throw TrainingError.unusable("ETASCOPE_TRAINER_LAUNCHER: expected a program, found none called \(program)")
    }
    return [found] + words.dropFirst()
  }

  /// Arguments for TRL's script modules behind our own, of which the last of equal ones counts: the words of
  /// `ETASCOPE_TRAINER_ARGUMENTS`.
  var arguments: [String] { (variables["ETASCOPE_TRAINER_ARGUMENTS"] ?? "").split(separator: " ").map(String.init) }

  /// True where the machine seems to have an accelerator that torch computes on.
  var hasAccelerator: Bool {
    let isHidden = variables["CUDA_VISIBLE_DEVICES"].map { $0.isEmpty || $0 == "-1" } ?? false
    return !isHidden && ["/dev/nvidiactl", "/dev/kfd"].contains(where: FileManager.default.fileExists)
  }

  /// What a process of a trainer is given: our own settings are nobody else's.
  func variables(adding more: [String: String]) -> [String: String] {
    variables.filter { !$0.key.hasPrefix("ETASCOPE_") }.merging(more) { _, own in own }
  }

  /// What Python programs are given besides: nothing is fetched, nothing is imported from the folder where we happen to be, lines
  /// come as they are written, and what is kept for later is kept in `folder`.
  static func python(keeping folder: String) -> [String: String] {
    [
      "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_DATASETS_CACHE": folder,
      "HF_HUB_DISABLE_TELEMETRY": "1", "PYTHONUNBUFFERED": "1", "PYTHONSAFEPATH": "1", "PYTHONNOUSERSITE": "1",
      "PYTHONDONTWRITEBYTECODE": "1", "TQDM_DISABLE": "1", "TOKENIZERS_PARALLELISM": "false", "NO_COLOR": "1",
    ]
  }
}
