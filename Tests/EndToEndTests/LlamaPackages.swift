import Foundation
import Testing

/// llama.cpp's own server out of a Python package, and models for it.
enum LlamaPackages {
  /// Whether the server and what converts the embedded model are there.
  static let areInstalled = PythonPackages.has("xllamacpp", "gguf")
  /// Why tests are skipped.
  static let missing: Comment = "the Python packages xllamacpp and gguf are not installed"

  /// The command line of the server; one thread, for the tests' machine has other things to do.
  static let command = "\(PythonPackages.interpreter) \(PythonPackages.script("llama-server")) -t 1"

  /// Gemma 3 270M, as `.ci/install tests` puts it beside the build; its licence forbids to bundle it.
  static let gemma = Program.repository.appending(path: ".build/python/gemma.gguf").path(percentEncoded: false)
  static var hasGemma: Bool { areInstalled && FileManager.default.fileExists(atPath: gemma) }

  /// The embedded policy, converted anew by the script that comes with it.
  static let policy: String = {
    let path = Program.repository.appending(path: ".build/python/policy.gguf").path(percentEncoded: false)
    let models = Program.repository.appending(path: "SampleData/Models")
    let converter = try? Child(
      PythonPackages.interpreter,
      [
        models.appending(path: "Training/to_gguf.py").path(percentEncoded: false),
        models.appending(path: "policy").path(percentEncoded: false), path,
      ],
      environment: Program.environment([:]))
    return converter?.wait() == 0 ? path : "the conversion failed: \(converter?.errors ?? "")"
  }()

  /// Configuration of the embedded policy behind a server: its prompt is the question and a line break.
  static let policyConfiguration = """
    [server]
    prompt = "{question}\\n"

    """

  /// Servers that the process `parent` started.
  static func servers(of parent: pid_t) -> [pid_t] {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { pid_t($0) } ?? []
    return processes.filter { process in
      let status = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
      let command = (try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)) ?? ""
      // PID (NAME) STATE PARENT …
      let fields = status.split(separator: ")").last?.split(separator: " ") ?? []
      return fields.count > 1 && pid_t(fields[1]) == parent && command.contains("--port")
    }
  }
}
